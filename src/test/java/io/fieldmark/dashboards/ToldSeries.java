package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.dashboards.Selector.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All series that there really were. A query that names another one, or a label or a value that
 * none of them has, is told nothing wrong by Prometheus: it returns nothing, or less than it seems
 * to, and its alert never fires.
 */
final class ToldSeries {
  /** Put onto all series by whoever scrapes. */
  private static final Set<String> OF_TARGETS = Set.of("namespace", "pod", "instance", "job");

  private final Map<String, List<Map<String, String>>> byName = new HashMap<>();

  static ToldSeries of(JsonNode series) {
    ToldSeries told = new ToldSeries();
    for (JsonNode one : series) {
      Map<String, String> labels = new HashMap<>();
      one.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      told.add(labels.remove("__name__"), labels);
    }
    return told;
  }

  void add(String name, Map<String, String> labels) {
    byName.computeIfAbsent(name, any -> new ArrayList<>()).add(labels);
  }

  /** What a query names and nobody tells, in words; empty when all is well. */
  List<String> unknown(String query) {
    List<String> unknown = new ArrayList<>();
    List<Selector> selectors = Selector.in(query);
    Set<String> labels = new TreeSet<>(OF_TARGETS);
    for (Selector selector : selectors) {
      if (!byName.containsKey(selector.series())) {
        unknown.add("no metric " + selector.series());
      }
      selector.conditions().forEach(condition -> check(selector.series(), condition, unknown));
      series(selector.series()).forEach(one -> labels.addAll(one.keySet()));
    }
    Selector.grouping(query).stream()
        .filter(label -> !labels.contains(label))
        .forEach(label -> unknown.add("no label %s to group by".formatted(label)));
    return unknown;
  }

  private void check(String name, Condition condition, List<String> unknown) {
    String label = condition.label();
    if (OF_TARGETS.contains(label) || !byName.containsKey(name)) {
      return;
    }
    if (series(name).noneMatch(labels -> labels.containsKey(label))) {
      unknown.add("%s has no label %s".formatted(name, label));
      return;
    }
    for (String value : condition.values()) {
      if (series(name).noneMatch(labels -> labels.getOrDefault(label, "").matches(value))) {
        unknown.add("%s of %s is never %s".formatted(label, name, value));
      }
    }
  }

  private Stream<Map<String, String>> series(String name) {
    return byName.getOrDefault(name, List.of()).stream();
  }
}
