package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What Prometheus made of the rules that it was given. */
final class ExecutedRules {
  private static final Pattern OURS =
      Pattern.compile(
          "(?<![\\w:\"'])(fieldmark_\\w+|latest_confidence_score|(?:jvm|process|vertx|kafka)_\\w+)"
              + "(?![\\w:\"'])");

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

  /** Recorded series that nobody would ever see, and that are not expected to be missing. */
  List<String> silent() throws IOException, InterruptedException {
    List<String> silent = new ArrayList<>();
    for (JsonNode rule : prometheus.rules()) {
      boolean recording = rule.path("type").asText().equals("recording");
      String query = rule.path("query").asText();
      if (recording
          && WithoutRows.reason(query).isEmpty()
          && prometheus.rows(rule.path("name").asText(), Instant.now()) == 0) {
        silent.add(rule.path("name").asText() + ": " + query);
      }
    }
    return silent;
  }

  /** Names of metrics that stand in rules: an alert on one that does not exist never fires. */
  List<String> metrics() throws IOException, InterruptedException {
    return prometheus.rules().stream()
        .flatMap(rule -> OURS.matcher(rule.path("query").asText()).results())
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .sorted()
        .toList();
  }
}
