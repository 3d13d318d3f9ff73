package io.fieldmark.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One dashboard, under construction: rows of panels, laid out from left to right. */
final class Dashboard {
  private static final int COLUMNS = 24;

  private final String name;
  private final String title;
  private final String description;
  private final List<Map<String, Object>> panels = new ArrayList<>();
  private int y;

  /**
   * @param name of its file, and the end of its address in Grafana
   */
  Dashboard(String name, String title, String description) {
    this.name = name;
    this.title = title;
    this.description = description;
  }

  /** Begins a new line wherever the next panel does not fit. */
  Dashboard row(String heading, Panel... row) {
    panels.add(
        Fields.of(
            "id",
            panels.size() + 1,
            "type",
            "row",
            "title",
            heading,
            "collapsed",
            false,
            "gridPos",
            Fields.of("h", 1, "w", COLUMNS, "x", 0, "y", y++),
            "panels",
            List.of()));
    List<Panel> line = new ArrayList<>();
    for (Panel panel : row) {
      if (width(line) + panel.width() > COLUMNS) {
        place(line);
        line.clear();
      }
      line.add(panel);
    }
    place(line);
    return this;
  }

  private static int width(List<Panel> line) {
    return line.stream().mapToInt(Panel::width).sum();
  }

  /** As high as the highest of them, so that nothing hangs in the air. */
  private void place(List<Panel> line) {
    int height = line.stream().mapToInt(Panel::height).max().orElse(0);
    int x = 0;
    for (Panel panel : line) {
      panels.add(panel.json(panels.size() + 1, x, y, height));
      x += panel.width();
    }
    y += height;
  }

  String fileName() {
    return name + ".json";
  }

  String json() {
    return Json.text(
        Fields.of(
            "uid",
            "fieldmark-" + name,
            "title",
            "Fieldmark / " + title,
            "description",
            description,
            "tags",
            List.of("fieldmark"),
            "schemaVersion",
            39,
            "version",
            1,
            "editable",
            true,
            "graphTooltip",
            1,
            "timezone",
            "browser",
            "refresh",
            "30s",
            "time",
            Fields.of("from", "now-6h", "to", "now"),
            "templating",
            Fields.of("list", Surroundings.variables()),
            "annotations",
            Fields.of("list", Surroundings.annotations()),
            "links",
            Surroundings.links(),
            "panels",
            panels));
  }
}
