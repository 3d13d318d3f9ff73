package io.fieldmark.dashboards;

import java.util.List;
import java.util.Map;

/** How a panel draws: Grafana's name for it, and the options that make it readable. */
enum PanelKind {
  STAT("stat", true, 4, 4) {
    @Override
    Map<String, Object> options() {
      return Fields.of(
          "reduceOptions",
          LAST,
          "colorMode",
          "value",
          "graphMode",
          "none",
          "textMode",
          "auto",
          "justifyMode",
          "center");
    }
  },
  GRAPH("timeseries", false, 8, 8) {
    @Override
    Map<String, Object> options() {
      return Fields.of(
          "legend",
          Fields.of(
              "showLegend",
              true,
              "displayMode",
              "table",
              "placement",
              "bottom",
              "calcs",
              List.of("lastNotNull", "max")),
          "tooltip",
          Fields.of("mode", "multi", "sort", "desc"));
    }
  },
  HEATMAP("heatmap", false, 12, 9) {
    @Override
    Map<String, Object> options() {
      return Fields.of(
          "calculate",
          false,
          "color",
          Fields.of("mode", "scheme", "scheme", "Blues", "steps", 64, "exponent", 0.5),
          "cellGap",
          1,
          "filterValues",
          Fields.of("le", 1e-9),
          "rowsFrame",
          Fields.of("layout", "auto"),
          "yAxis",
          Fields.of("axisPlacement", "left", "reverse", false),
          "legend",
          Fields.of("show", true),
          "tooltip",
          Fields.of("mode", "single", "yHistogram", true));
    }
  },
  TABLE("table", true, 12, 8) {
    @Override
    Map<String, Object> options() {
      return Fields.of("showHeader", true, "cellHeight", "sm");
    }
  },
  BARS("bargauge", true, 8, 9) {
    @Override
    Map<String, Object> options() {
      return Fields.of(
          "reduceOptions",
          LAST,
          "displayMode",
          "basic",
          "orientation",
          "horizontal",
          "showUnfilled",
          true,
          "valueMode",
          "color");
    }
  },
  TIMELINE("state-timeline", false, 12, 6) {
    @Override
    Map<String, Object> options() {
      return Fields.of(
          "showValue",
          "auto",
          "mergeValues",
          true,
          "rowHeight",
          0.8,
          "legend",
          Fields.of("showLegend", true, "displayMode", "list", "placement", "bottom"),
          "tooltip",
          Fields.of("mode", "single"));
    }
  };

  private static final Map<String, Object> LAST =
      Fields.of("calcs", List.of("lastNotNull"), "fields", "", "values", false);

  private final String type;
  private final boolean instant;
  private final int width;
  private final int height;

  PanelKind(String type, boolean instant, int width, int height) {
    this.type = type;
    this.instant = instant;
    this.width = width;
    this.height = height;
  }

  abstract Map<String, Object> options();

  String type() {
    return type;
  }

  /** Shows the present only. */
  boolean instant() {
    return instant;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
