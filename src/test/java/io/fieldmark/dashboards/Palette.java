package io.fieldmark.dashboards;

import java.util.List;
import java.util.Map;

/**
 * Colours after Okabe and Ito: they differ in brightness and between blue and orange, which nearly
 * everybody can tell apart; nothing is said by red against green.
 */
final class Palette {
  static final String GOOD = "#0072B2";
  static final String WARN = "#E69F00";
  static final String BAD = "#D55E00";
  static final String LIMIT = "#999999";

  private static final List<String> SERIES =
      List.of(GOOD, WARN, "#56B4E9", BAD, "#CC79A7", "#009E73", "#F0E442", LIMIT);
  private static final List<String> DASHES = List.of("solid", "dash", "dot");

  private Palette() {}

  static String series(int index) {
    return SERIES.get(index % SERIES.size());
  }

  /** A second sign beside the colour. */
  static Map<String, Object> lineStyle(int index) {
    String fill = DASHES.get(index % DASHES.size());
    return switch (fill) {
      case "dash" -> Fields.of("fill", fill, "dash", List.of(10, 6));
      case "dot" -> Fields.of("fill", fill, "dash", List.of(2, 6));
      default -> Fields.of("fill", fill);
    };
  }
}
