package io.fieldmark.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One panel, under construction. Queries are PromQL with {@code {my, …}} for the series of the
 * chosen instances, see {@link Promql}.
 */
final class Panel {
  private final PanelKind kind;
  private final String title;
  private final String unit;
  private final String description;
  private final List<Map<String, Object>> targets = new ArrayList<>();
  private final List<Map<String, Object>> overrides = new ArrayList<>();
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private final List<Map<String, Object>> links = new ArrayList<>();
  private final Map<String, Object> texts = new LinkedHashMap<>();
  private final Map<String, Object> axis = new LinkedHashMap<>();
  private boolean stacked;
  private int width;

  private Panel(PanelKind kind, String title, String unit, String description) {
    this.kind = kind;
    this.title = title;
    this.unit = unit;
    this.description = description;
    this.width = kind.width();
  }

  /**
   * @param unit as Grafana names it
   */
  static Panel of(PanelKind kind, String title, String unit, String description) {
    return new Panel(kind, title, unit, description);
  }

  /**
   * @param legend as Grafana's, with labels as {@code {{label}}}
   */
  Panel query(String expression, String legend) {
    String refId = String.valueOf((char) ('A' + targets.size()));
    Map<String, Object> target =
        Fields.of(
            "refId",
            refId,
            "datasource",
            Fields.datasource(),
            "expr",
            Promql.expand(expression),
            "legendFormat",
            legend,
            "instant",
            kind.instant(),
            "range",
            !kind.instant());
    if (kind == PanelKind.HEATMAP || kind == PanelKind.TABLE) {
      target.put("format", kind == PanelKind.TABLE ? "table" : "heatmap");
    }
    colour(refId, legend.contains("{{"));
    targets.add(target);
    return this;
  }

  /** One series has a colour and a line of its own, several of one query shades of a colour. */
  private void colour(String refId, boolean several) {
    if (kind == PanelKind.GRAPH) {
      int index = targets.size();
      Map<String, Object> colour =
          Fields.of("mode", several ? "shades" : "fixed", "fixedColor", Palette.series(index));
      override("byFrameRefID", refId, colour, index);
    }
  }

  /** Names of series, out of a closed set, that each have a colour and a line of their own. */
  Panel series(String... names) {
    for (int i = 0; i < names.length; i++) {
      Map<String, Object> colour = Fields.of("mode", "fixed", "fixedColor", Palette.series(i));
      override("byName", names[i], colour, i);
    }
    return this;
  }

  private void override(String matcher, String options, Map<String, Object> colour, int line) {
    overrides.add(
        Fields.of(
            "matcher",
            Fields.of("id", matcher, "options", options),
            "properties",
            List.of(
                Fields.of("id", "color", "value", colour),
                Fields.of("id", "custom.lineStyle", "value", Palette.lineStyle(line)))));
  }

  /** A high value is a bad one. */
  Panel above(double warn, double bad) {
    step(Palette.GOOD);
    steps.add(Fields.of("color", Palette.WARN, "value", warn));
    steps.add(Fields.of("color", Palette.BAD, "value", bad));
    return this;
  }

  /** A low value is a bad one. */
  Panel below(double warn, double bad) {
    step(Palette.BAD);
    steps.add(Fields.of("color", Palette.WARN, "value", bad));
    steps.add(Fields.of("color", Palette.GOOD, "value", warn));
    return this;
  }

  /** Bad from the first on, as what must be zero. */
  Panel above(double bad) {
    step(Palette.GOOD);
    steps.add(Fields.of("color", Palette.BAD, "value", bad));
    return this;
  }

  /** Bad below this. */
  Panel below(double good) {
    step(Palette.BAD);
    steps.add(Fields.of("color", Palette.GOOD, "value", good));
    return this;
  }

  /** From the lowest value on: Grafana marks that by null. */
  private void step(String colour) {
    steps.add(Fields.of("color", colour, "value", null));
  }

  Panel text(int value, String text) {
    String colour = value == 0 ? Palette.WARN : Palette.GOOD;
    texts.put(Integer.toString(value), Fields.of("text", text, "color", colour));
    return this;
  }

  Panel between(double min, double max) {
    axis.put("min", min);
    axis.put("max", max);
    return this;
  }

  Panel fromZero() {
    axis.put("min", 0);
    return this;
  }

  Panel stacked() {
    stacked = true;
    return this;
  }

  Panel wide(int columns) {
    width = columns;
    return this;
  }

  /**
   * @param alert whose page says what to do
   */
  Panel runbook(String alert) {
    links.add(
        Fields.of(
            "title",
            "What to do: " + alert,
            "url",
            "${runbooks}/" + alert + ".md",
            "targetBlank",
            true));
    return this;
  }

  int width() {
    return width;
  }

  int height() {
    return kind.height();
  }

  Map<String, Object> json(int id, int x, int y, int height) {
    Map<String, Object> json =
        Fields.of(
            "id",
            id,
            "type",
            kind.type(),
            "title",
            title,
            "description",
            description,
            "gridPos",
            Fields.of("h", height, "w", width, "x", x, "y", y),
            "datasource",
            Fields.datasource(),
            "targets",
            targets,
            "fieldConfig",
            Fields.of(
                "defaults",
                PanelStyle.defaults(kind, unit, axis, steps, texts, stacked),
                "overrides",
                overrides),
            "options",
            kind.options(),
            "links",
            links);
    if (kind == PanelKind.TABLE) {
      Map<String, Object> hidden = Fields.of("excludeByName", Fields.of("Time", true));
      json.put("transformations", List.of(Fields.of("id", "organize", "options", hidden)));
    }
    return json;
  }
}
