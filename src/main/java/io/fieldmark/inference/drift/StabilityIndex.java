package io.fieldmark.inference.drift;

import java.util.Arrays;

/**
 * How far one distribution has moved from another, over the same bins: the population stability
 * index, Σ (observed − expected) · ln(observed / expected) over the shares of each bin (N. Siddiqi,
 * Credit Risk Scorecards, 2006). Customary: below 0.1 nothing has moved, above 0.25 much has.
 *
 * <p>Of B bins with nothing moved, chance alone makes (B − 1) · (1/n + 1/m) on average, n and m
 * being the numbers of answers (B. Yurdakul, Statistical Properties of Population Stability Index,
 * 2018): too few answers look like drift.
 */
final class StabilityIndex {
  /**
   * Added to each bin on both sides, so that an empty bin has a logarithm, and weighs less the more
   * answers there are: a single answer in a bin that was empty is no drift.
   */
  private static final double SMOOTHING = 0.5;

  private StabilityIndex() {}

  /** Of counts by bin. Not negative, 0 when both have the same shares; symmetric. */
  static double of(long[] expected, long[] observed) {
    double expectedTotal = total(expected);
    double observedTotal = total(observed);
    double index = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      double before = (expected[bin] + SMOOTHING) / expectedTotal;
      double now = (observed[bin] + SMOOTHING) / observedTotal;
      index += (now - before) * Math.log(now / before);
    }
    return index;
  }

  private static double total(long[] counts) {
    return Arrays.stream(counts).sum() + SMOOTHING * counts.length;
  }
}
