package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Nodes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Prometheus said to one query.
 *
 * @param rows those with a number
 * @param refusal why there is no answer, empty where there is one
 */
record Answer(List<JsonNode> rows, String refusal) {
  private static final Pattern NUMBER = Pattern.compile("\"[-+0-9].*\"");
  private static final Pattern ZERO = Pattern.compile("\"[-+]?0(\\.0*)?\"");

  static Answer of(JsonNode json) {
    if (!json.path("status").asText().equals("success")) {
      return new Answer(List.of(), json.path("error").asText("no answer"));
    }
    List<JsonNode> rows =
        Nodes.elements(json.path("data").path("result")).stream()
            .filter(row -> values(row).findAny().isPresent())
            .toList();
    return new Answer(rows, "");
  }

  /** Numbers, as they are written. */
  private static Stream<String> values(JsonNode row) {
    Stream<JsonNode> pairs =
        row.has("value")
            ? Stream.of(row.path("value"))
            : Nodes.elements(row.path("values")).stream();
    return pairs.map(pair -> pair.get(1).toString()).filter(v -> NUMBER.matcher(v).matches());
  }

  int count() {
    return rows.size();
  }

  /** Whether any row ever had another value than zero. */
  boolean moved() {
    return rows.stream().flatMap(Answer::values).anyMatch(v -> !ZERO.matcher(v).matches());
  }

  /** The greatest number of all. */
  double max() {
    return rows.stream()
        .flatMap(Answer::values)
        .mapToDouble(value -> Double.parseDouble(value.replace("\"", "")))
        .max()
        .orElseThrow(() -> new AssertionError("There is no row"));
  }

  Set<String> labels() {
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> row.path("metric").fieldNames().forEachRemaining(names::add));
    return names;
  }
}
