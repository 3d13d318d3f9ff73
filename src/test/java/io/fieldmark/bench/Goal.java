package io.fieldmark.bench;

/** A figure that was promised. */
record Goal(String what, double measured, double bound, boolean atLeast, int decimals) {
  static Goal atLeast(double bound, String what, double measured, int decimals) {
    return new Goal(what, measured, bound, true, decimals);
  }

  static Goal atMost(double bound, String what, double measured, int decimals) {
    return new Goal(what, measured, bound, false, decimals);
  }

  boolean reached() {
    return atLeast ? measured >= bound : measured <= bound;
  }

  String row() {
    return "| %s | %s %s | %s | %s |%n"
        .formatted(
            what,
            atLeast ? "≥" : "≤",
            Spread.number(bound, decimals),
            Spread.number(measured, decimals),
            reached() ? "ok" : "short");
  }
}
