package io.fieldmark.dashboards;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What each query of each panel returns in each mode. */
final class RowsTable {
  private final Map<PanelQuery, Map<String, Answer>> answers = new LinkedHashMap<>();

  /** Executes queries as a dashboard does that shows these minutes of this service only. */
  void execute(
      List<PanelQuery> queries,
      String mode,
      RunningPrometheus prometheus,
      ObservedService service,
      Instant from,
      Instant to)
      throws IOException, InterruptedException {
    for (PanelQuery query : queries) {
      String text = query.with(service.variables());
      Answer answer = query.instant() ? prometheus.ask(text, to) : prometheus.ask(text, from, to);
      answers.computeIfAbsent(query, any -> new LinkedHashMap<>()).put(mode, answer);
    }
  }

  /** What Prometheus did not take, with its reason. */
  List<String> refused() {
    List<String> refused = new ArrayList<>();
    answers.forEach(
        (query, modes) ->
            modes.values().stream()
                .map(Answer::refusal)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .ifPresent(reason -> refused.add(query.name() + ": " + reason)));
    return refused;
  }

  /**
   * @param scrapes of the mode's parts
   * @return what should have returned something in this mode and did not
   */
  List<String> silent(String mode, Map<String, Scrape> scrapes) {
    Set<String> told =
        scrapes.values().stream()
            .flatMap(scrape -> scrape.metrics().keySet().stream())
            .collect(Collectors.toSet());
    return answers.keySet().stream()
        .filter(query -> answers.get(query).get(mode).count() == 0)
        .filter(query -> query.series().stream().allMatch(name -> told(name, told)))
        .map(PanelQuery::name)
        .toList();
  }

  private static boolean told(String series, Set<String> metrics) {
    return series.equals("ALERTS")
        || metrics.contains(series)
        || metrics.contains(series.replaceFirst("_(bucket|sum|count)$", ""));
  }

  /** What returned nothing in any mode. */
  List<String> silentEverywhere() {
    return names(query -> all(query, answer -> answer.count() == 0));
  }

  /** What returned nothing but zeros, in all modes. */
  List<String> motionless() {
    return names(query -> all(query, answer -> !answer.moved()));
  }

  /** Labels that a legend names, and no row has in any mode. */
  List<String> emptyLegends() {
    List<String> empty = new ArrayList<>();
    answers.forEach(
        (query, modes) -> {
          Set<String> labels = new TreeSet<>();
          modes.values().forEach(answer -> labels.addAll(answer.labels()));
          query.legendLabels().stream()
              .filter(label -> !labels.contains(label))
              .forEach(label -> empty.add(query.name() + ": " + label));
        });
    return empty;
  }

  private boolean all(PanelQuery query, Predicate<Answer> condition) {
    return answers.get(query).values().stream().allMatch(condition);
  }

  private List<String> names(Predicate<PanelQuery> which) {
    return answers.keySet().stream().filter(which).map(PanelQuery::name).toList();
  }

  String text() {
    List<String> lines = new ArrayList<>();
    answers.forEach((query, modes) -> lines.add(line(query, modes)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(PanelQuery query, Map<String, Answer> modes) {
    boolean moved = modes.values().stream().anyMatch(Answer::moved);
    return "%-30s %-55s %s  %s  %s"
        .formatted(
            query.dashboard().replace("Fieldmark / ", ""),
            query.panel(),
            query.refId(),
            modes.entrySet().stream()
                .map(mode -> "%s %3d".formatted(mode.getKey(), mode.getValue().count()))
                .collect(Collectors.joining("  ")),
            moved ? "" : "only zeros: " + Motionless.reason(query.name()).orElse("?"))
        .stripTrailing();
  }
}
