package io.fieldmark.bench;

/**
 * A figure that was promised.
 *
 * @param measured NaN where this machine does not let it be measured
 */
record Goal(String what, double measured, double bound, boolean atLeast, int decimals) {
  static Goal atLeast(double bound, String what, double measured, int decimals) {
    return new Goal(what, measured, bound, true, decimals);
  }

  static Goal atMost(double bound, String what, double measured, int decimals) {
    return new Goal(what, measured, bound, false, decimals);
  }

  private String outcome() {
    if (Double.isNaN(measured)) {
      return "not measurable here";
    }
    return (atLeast ? measured >= bound : measured <= bound) ? "ok" : "short";
  }

  String row() {
    return "| %s | %s %s | %s | %s |%n"
        .formatted(
            what,
            atLeast ? "≥" : "≤",
            Spread.number(bound, decimals),
            Spread.number(measured, decimals),
            outcome());
  }
}
