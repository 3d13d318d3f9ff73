package io.fieldmark.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.dashboards.Selector;
import io.fieldmark.testing.Nodes;
import io.fieldmark.testing.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code alerts/fieldmark.rules.yml}. */
record AlertRules(List<JsonNode> rules) {
  static final Path FOLDER = Path.of("alerts");

  /** An alert; those with several windows count for each. */
  record Alert(String name, String window) {
    static Alert of(JsonNode rule) {
      return new Alert(
          rule.path("alert").asText(), rule.path("labels").path("window").asText("none"));
    }
  }

  static AlertRules read() {
    return new AlertRules(
        Nodes.elements(Yaml.read(FOLDER.resolve("fieldmark.rules.yml")).path("groups")).stream()
            .flatMap(group -> Nodes.elements(group.path("rules")).stream())
            .toList());
  }

  List<JsonNode> alerts() {
    return rules.stream().filter(rule -> rule.has("alert")).toList();
  }

  Set<String> names() {
    return alerts().stream()
        .map(rule -> rule.path("alert").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> recorded() {
    return rules.stream()
        .filter(rule -> rule.has("record"))
        .map(rule -> rule.path("record").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of all series that the expressions read. */
  Set<String> read(JsonNode rule) {
    return Selector.in(rule.path("expr").asText()).stream()
        .map(Selector::series)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
