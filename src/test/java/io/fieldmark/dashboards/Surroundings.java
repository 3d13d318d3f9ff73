package io.fieldmark.dashboards;

import java.util.List;
import java.util.Map;

/** What all dashboards have alike: variables, annotations, links to each other. */
final class Surroundings {
  private static final String EVERY_PROCESS = "fieldmark_lifecycle_state{state='serving'%s}";

  private Surroundings() {}

  static List<Map<String, Object>> variables() {
    return List.of(
        Fields.of(
            "name",
            "datasource",
            "label",
            "Prometheus",
            "type",
            "datasource",
            "query",
            "prometheus"),
        labels("namespace", "Namespace", ""),
        labels("pod", "Pod", ", namespace=~'$namespace'"),
        labels("instance", "Instance", ", namespace=~'$namespace', pod=~'$pod'"),
        entered("objective", "Objective (share of valid requests)", "0.999"),
        entered("backlog_target", "Scaling target (seconds of backlog)", "5"),
        entered("runbooks", "Where the runbooks are", "https://fieldmark.example/alerts/runbooks"));
  }

  /** "All" matches a missing label as well, so that one dashboard serves with and without pods. */
  private static Map<String, Object> labels(String name, String label, String chosen) {
    String query = "label_values(%s, %s)".formatted(EVERY_PROCESS.formatted(chosen), name);
    return Fields.of(
        "name",
        name,
        "label",
        label,
        "type",
        "query",
        "datasource",
        Fields.datasource(),
        "query",
        Fields.of("query", query, "refId", name),
        "definition",
        query,
        "refresh",
        2,
        "sort",
        1,
        "multi",
        true,
        "includeAll",
        true,
        "allValue",
        ".*",
        "current",
        Fields.of("text", "All", "value", "$__all"));
  }

  private static Map<String, Object> entered(String name, String label, String value) {
    return Fields.of(
        "name",
        name,
        "label",
        label,
        "type",
        "textbox",
        "query",
        value,
        "current",
        Fields.of("text", value, "value", value));
  }

  /** At the time that the value says, not at that of the sample. */
  static List<Map<String, Object>> annotations() {
    return List.of(
        annotation(
            "Processes started",
            Palette.GOOD,
            "process_start_time_seconds{my} * 1000",
            "{{instance}} started",
            "{{pod}}"),
        annotation(
            "Model versions",
            Palette.WARN,
            "min by (model, version) (process_start_time_seconds{my} * on (instance)"
                + " group_left (model, version) fieldmark_model_info{my}) * 1000",
            "{{model}} {{version}}",
            "a model version answers for the first time"));
  }

  private static Map<String, Object> annotation(
      String name, String colour, String expression, String title, String text) {
    return Fields.of(
        "name",
        name,
        "datasource",
        Fields.datasource(),
        "enable",
        true,
        "iconColor",
        colour,
        "expr",
        Promql.expand(expression),
        "step",
        "60s",
        "titleFormat",
        title,
        "textFormat",
        text,
        "useValueForTime",
        "on");
  }

  static List<Map<String, Object>> links() {
    return List.of(
        Fields.of(
            "type",
            "dashboards",
            "title",
            "Fieldmark",
            "tags",
            List.of("fieldmark"),
            "asDropdown",
            false,
            "includeVars",
            true,
            "keepTime",
            true,
            "targetBlank",
            false));
  }
}
