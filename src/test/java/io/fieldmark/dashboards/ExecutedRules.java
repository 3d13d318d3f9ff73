package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What Prometheus made of the rules that it was given. */
final class ExecutedRules {
  private final RunningPrometheus prometheus;

  ExecutedRules(RunningPrometheus prometheus) {
    this.prometheus = prometheus;
  }

  /** Rules that could not be evaluated. */
  List<String> failed() throws IOException, InterruptedException {
    return prometheus.rules().stream()
        .filter(rule -> !rule.path("health").asText().equals("ok"))
        .map(rule -> rule.path("name").asText() + ": " + rule.path("lastError").asText())
        .toList();
  }

  /** Recorded series that nobody would ever see. */
  List<String> silent() throws IOException, InterruptedException {
    List<String> silent = new ArrayList<>();
    for (JsonNode rule : prometheus.rules()) {
      String name = rule.path("name").asText();
      if (rule.path("type").asText().equals("recording")
          && prometheus.ask(name, Instant.now()).count() == 0) {
        silent.add(name + ": " + rule.path("query").asText());
      }
    }
    return silent;
  }

  /** Metrics, labels and values that a rule names and nobody tells: an alert that never fires. */
  List<String> unknown(ToldSeries told) throws IOException, InterruptedException {
    return prometheus.rules().stream()
        .flatMap(
            rule ->
                told.unknown(rule.path("query").asText()).stream()
                    .map(fault -> rule.path("name").asText() + ": " + fault))
        .toList();
  }
}
