package io.fieldmark.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code alerts/fieldmark.rules.yml}. */
record AlertRules(List<JsonNode> rules) {
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\boffset\\s+\\w+|\\b(by|on|without|group_left|ignoring)\\s*\\([^)]*\\)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-zA-Z_][\\w:]*(?!\\w|\\s*\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "by", "on");

  /** An alert; those with several windows count for each. */
  record Alert(String name, String window) {
    static Alert of(JsonNode rule) {
      return new Alert(
          rule.path("alert").asText(), rule.path("labels").path("window").asText("none"));
    }
  }

  static AlertRules read() {
    return new AlertRules(
        Yaml.elements(Yaml.read(Yaml.ALERTS.resolve("fieldmark.rules.yml")).path("groups")).stream()
            .flatMap(group -> Yaml.elements(group.path("rules")).stream())
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
    Matcher names = NAME.matcher(NO_METRIC.matcher(rule.path("expr").asText()).replaceAll(" "));
    Set<String> found = new TreeSet<>();
    while (names.find()) {
      if (!OPERATORS.contains(names.group())) {
        found.add(names.group());
      }
    }
    return found;
  }
}
