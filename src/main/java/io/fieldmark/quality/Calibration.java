package io.fieldmark.quality;

import io.fieldmark.domain.ConfidenceBand;
import io.fieldmark.domain.Feedback;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Whether a confidence of 0.9 means that 90 % are right. Answers are sorted into bands by their
 * confidence; in each, the mean confidence stands against the share that was right.
 *
 * @param bands all of {@link ConfidenceBand}
 */
public record Calibration(List<Band> bands) {
  /**
   * @param confidenceSum of all its answers
   */
  public record Band(int index, Share share, double confidenceSum) {
    /** Such as {@code 0.9-1.0}. */
    public String name() {
      return ConfidenceBand.name(index);
    }

    /** Not a number without samples. */
    public double confidence() {
      return confidenceSum / share.samples();
    }

    private double gap() {
      return Math.abs(share.value() - confidence());
    }
  }

  static Calibration of(Collection<Feedback> answers) {
    long[] samples = new long[ConfidenceBand.COUNT];
    long[] right = new long[ConfidenceBand.COUNT];
    double[] confidence = new double[ConfidenceBand.COUNT];
    for (Feedback answer : answers) {
      int band = ConfidenceBand.of(answer.confidence());
      samples[band]++;
      right[band] += answer.correct() ? 1 : 0;
      confidence[band] += answer.confidence();
    }
    return new Calibration(
        IntStream.range(0, ConfidenceBand.COUNT)
            .mapToObj(i -> new Band(i, new Share(right[i], samples[i]), confidence[i]))
            .toList());
  }

  public long samples() {
    return bands.stream().mapToLong(band -> band.share().samples()).sum();
  }

  /**
   * The expected calibration error: the mean gap of the bands, each weighted by its samples; empty
   * without any. M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated
   * probabilities using Bayesian binning", AAAI 2015; as in C. Guo et al., "On calibration of
   * modern neural networks", ICML 2017, equation 3.
   */
  public OptionalDouble error() {
    long all = samples();
    return all == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            bands.stream()
                .filter(band -> band.share().isKnown())
                .mapToDouble(band -> band.gap() * band.share().samples() / all)
                .sum());
  }
}
