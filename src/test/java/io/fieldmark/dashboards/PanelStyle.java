package io.fieldmark.dashboards;

import java.util.List;
import java.util.Map;

/** What Grafana calls the defaults of a panel's fields: unit, colours, thresholds, lines. */
final class PanelStyle {
  private PanelStyle() {}

  static Map<String, Object> defaults(
      PanelKind kind,
      String unit,
      Map<String, Object> axis,
      List<Map<String, Object>> steps,
      Map<String, Object> texts,
      boolean stacked) {
    Map<String, Object> defaults = Fields.of("unit", unit);
    defaults.putAll(axis);
    boolean judged = !steps.isEmpty();
    List<Map<String, Object>> shown =
        judged ? steps : List.of(Fields.of("color", Palette.GOOD, "value", null));
    defaults.put("thresholds", Fields.of("mode", "absolute", "steps", shown));
    defaults.put(
        "color",
        kind == PanelKind.GRAPH
            ? Fields.of("mode", "fixed", "fixedColor", Palette.GOOD)
            : Fields.of("mode", "thresholds"));
    defaults.put(
        "mappings",
        texts.isEmpty() ? List.of() : List.of(Fields.of("type", "value", "options", texts)));
    if (kind == PanelKind.GRAPH) {
      defaults.put("custom", lines(judged, stacked));
    }
    return defaults;
  }

  private static Map<String, Object> lines(boolean judged, boolean stacked) {
    return Fields.of(
        "drawStyle",
        "line",
        "lineWidth",
        2,
        "fillOpacity",
        stacked ? 30 : 0,
        "showPoints",
        "never",
        "spanNulls",
        false,
        "stacking",
        Fields.of("mode", stacked ? "normal" : "none", "group", "A"),
        "thresholdsStyle",
        Fields.of("mode", judged ? "dashed" : "off"));
  }
}
