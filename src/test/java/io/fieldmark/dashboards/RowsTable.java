package io.fieldmark.dashboards;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How many rows each query of each panel returns in each mode. */
final class RowsTable {
  private final Map<PanelQuery, Map<String, Integer>> rows = new LinkedHashMap<>();

  /** Executes all queries as a dashboard does that shows these minutes of this service only. */
  void execute(
      String mode, RunningPrometheus prometheus, ObservedService service, Instant from, Instant to)
      throws IOException, InterruptedException {
    for (PanelQuery query : PanelQuery.all()) {
      String text = query.with(service.variables());
      int found = query.instant() ? prometheus.rows(text, to) : prometheus.rows(text, from, to);
      rows.computeIfAbsent(query, any -> new LinkedHashMap<>()).put(mode, found);
    }
  }

  /**
   * @param scrapes of the mode's parts
   * @return what should have returned something in this mode and did not
   */
  List<PanelQuery> silent(String mode, Map<String, Scrape> scrapes) {
    Set<String> told =
        scrapes.values().stream()
            .flatMap(scrape -> scrape.metrics().keySet().stream())
            .collect(Collectors.toSet());
    return queries(mode, 0).stream()
        .filter(query -> WithoutRows.reason(query.expression()).isEmpty())
        .filter(query -> query.series().stream().allMatch(name -> told(name, told)))
        .toList();
  }

  private static boolean told(String series, Set<String> metrics) {
    return series.equals("ALERTS")
        || metrics.contains(series)
        || metrics.contains(series.replaceFirst("_(bucket|sum|count)$", ""));
  }

  /** What returned nothing in any mode, and is not expected to. */
  List<PanelQuery> silentEverywhere() {
    return rows.keySet().stream()
        .filter(query -> rows.get(query).values().stream().allMatch(found -> found == 0))
        .filter(query -> WithoutRows.reason(query.expression()).isEmpty())
        .toList();
  }

  /** What is expected to return nothing, and returned something in all modes. */
  List<PanelQuery> unexpected() {
    return rows.keySet().stream()
        .filter(query -> rows.get(query).values().stream().allMatch(found -> found > 0))
        .filter(query -> WithoutRows.reason(query.expression()).isPresent())
        .toList();
  }

  private List<PanelQuery> queries(String mode, int found) {
    return rows.keySet().stream().filter(query -> rows.get(query).get(mode) == found).toList();
  }

  String text() {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (query, modes) ->
            lines.add(
                "%-30s %-55s %s  %s  %s"
                    .formatted(
                        query.dashboard().replace("Fieldmark / ", ""),
                        query.panel(),
                        query.refId(),
                        modes.entrySet().stream()
                            .map(mode -> "%s %3d".formatted(mode.getKey(), mode.getValue()))
                            .collect(Collectors.joining("  ")),
                        WithoutRows.reason(query.expression()).orElse(""))));
    return String.join("\n", lines) + "\n";
  }
}
