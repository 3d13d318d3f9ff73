package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One query as it stands in a committed file.
 *
 * @param legend with the labels that it names as {@code {{label}}}
 * @param instant asks for the present only
 */
record PanelQuery(
    String dashboard,
    String panel,
    String refId,
    String expression,
    String legend,
    boolean instant) {
  private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static List<PanelQuery> all() {
    List<PanelQuery> queries = new ArrayList<>();
    for (Dashboard dashboard : DashboardFiles.all()) {
      JsonNode json = read(dashboard.fileName());
      String title = json.path("title").asText();
      json.path("annotations").path("list").forEach(one -> queries.add(annotation(title, one)));
      json.path("panels")
          .forEach(panel -> panel.path("targets").forEach(t -> queries.add(of(title, panel, t))));
    }
    return queries;
  }

  static JsonNode read(String fileName) {
    try {
      return MAPPER.readTree(DashboardFiles.FOLDER.resolve(fileName).toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static PanelQuery annotation(String dashboard, JsonNode json) {
    String name = "annotation " + json.path("name").asText();
    String legend = json.path("titleFormat").asText() + json.path("textFormat").asText();
    return new PanelQuery(dashboard, name, "A", json.path("expr").asText(), legend, true);
  }

  private static PanelQuery of(String dashboard, JsonNode panel, JsonNode target) {
    return new PanelQuery(
        dashboard,
        panel.path("title").asText(),
        target.path("refId").asText(),
        target.path("expr").asText(),
        target.path("legendFormat").asText(),
        target.path("instant").asBoolean());
  }

  String name() {
    return "%s / %s / %s".formatted(dashboard.replace("Fieldmark / ", ""), panel, refId);
  }

  /** Names of the series that it reads. */
  SortedSet<String> series() {
    return new TreeSet<>(Selector.in(expression).stream().map(Selector::series).toList());
  }

  SortedSet<String> legendLabels() {
    return new TreeSet<>(
        LEGEND_LABEL.matcher(legend).results().map((MatchResult found) -> found.group(1)).toList());
  }

  /** As Grafana sends it. */
  String with(Map<String, String> variables) {
    String text = expression;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      text = text.replace("$" + variable.getKey(), variable.getValue());
    }
    if (text.contains("$")) {
      throw new AssertionError("A variable is not known: " + text);
    }
    return text;
  }
}
