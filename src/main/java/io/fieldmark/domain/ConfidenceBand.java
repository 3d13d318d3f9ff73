package io.fieldmark.domain;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Ten bands of equal width, from 0.0–0.1 up; a confidence on a border belongs to the band above.
 */
public final class ConfidenceBand {
  public static final int COUNT = 10;

  private ConfidenceBand() {}

  /** From 0 to 9. */
  public static int of(double confidence) {
    return Math.max(0, Math.min(COUNT - 1, (int) (confidence * COUNT)));
  }

  /** Such as {@code 0.9-1.0}. */
  public static String name(int band) {
    return String.format(Locale.ROOT, "%.1f-%.1f", (double) band / COUNT, (band + 1.0) / COUNT);
  }

  /** Of all, from the lowest up. */
  public static List<String> names() {
    return IntStream.range(0, COUNT).mapToObj(ConfidenceBand::name).toList();
  }
}
