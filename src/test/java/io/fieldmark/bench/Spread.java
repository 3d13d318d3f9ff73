package io.fieldmark.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What several rounds gave: a machine is never quite quiet, so one round alone says little. */
record Spread(double median, double lowest, double highest) {
  /**
   * @param rounds at least one
   */
  static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Such as {@code 212 (205–215)}. */
  String text(int decimals) {
    return "%s (%s–%s)"
        .formatted(number(median, decimals), number(lowest, decimals), number(highest, decimals));
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
