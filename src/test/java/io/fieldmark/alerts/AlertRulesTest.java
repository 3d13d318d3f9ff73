package io.fieldmark.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.alerts.AlertRules.Alert;
import io.fieldmark.testing.Nodes;
import io.fieldmark.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What promtool does not ask of the rules. */
class AlertRulesTest {
  private static final Path RUNBOOKS = AlertRules.FOLDER.resolve("runbooks");
  private final AlertRules rules = AlertRules.read();

  @Test
  void everyAlertSaysHowBadWhatAndWhereToReadOn() {
    assertThat(rules.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              String name = alert.path("alert").asText();
              JsonNode annotations = alert.path("annotations");
              assertThat(alert.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
              assertThat(annotations.path("summary").asText()).as(name).isNotBlank();
              assertThat(annotations.path("description").asText()).as(name).isNotBlank();
              assertThat(annotations.path("runbook_url").asText())
                  .endsWith("/alerts/runbooks/" + name + ".md");
            });
  }

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    try (Stream<Path> pages = Files.list(RUNBOOKS)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .containsExactlyInAnyOrderElementsOf(rules.names());
    }
  }

  @Test
  void everyRunbookTellsMeaningConfirmationAndDeeds() throws IOException {
    for (String name : rules.names()) {
      assertThat(Files.readString(RUNBOOKS.resolve(name + ".md")))
          .startsWith("# " + name + "\n")
          .contains("## What it means", "## How to confirm", "## What to do");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FieldmarkAccuracyDropped",
        "FieldmarkCalibrationOff",
        "FieldmarkClassDrift",
        "FieldmarkConfidenceDrift",
        "FieldmarkLowConfidenceShare"
      })
  void limitsOfWhatTheModelDoesHaveAReasonInMeasuredFigures(String name) throws IOException {
    assertThat(Files.readString(RUNBOOKS.resolve(name + ".md")))
        .containsPattern("\\*\\*Why [^*]+\\.\\*\\* [^#]*ordinary photos[^#]*[0-9]");
  }

  @Test
  void everyAlertIsSeenFiringAndSilent() {
    Set<Alert> firing = new HashSet<>();
    Set<Alert> silent = new HashSet<>();
    Set<Alert> all = rules.alerts().stream().map(Alert::of).collect(Collectors.toSet());
    for (JsonNode check : checks()) {
      String name = check.path("alertname").asText();
      Set<Alert> expected =
          Nodes.elements(check.path("exp_alerts")).stream()
              .map(a -> new Alert(name, a.at("/exp_labels/window").asText("none")))
              .collect(Collectors.toSet());
      firing.addAll(expected);
      all.stream()
          .filter(alert -> alert.name().equals(name) && !expected.contains(alert))
          .forEach(silent::add);
    }
    assertThat(firing).containsExactlyInAnyOrderElementsOf(all);
    assertThat(silent).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void everyAlertIsSeenResolved() {
    Set<String> resolved = new TreeSet<>();
    for (JsonNode test : tests()) {
      List<JsonNode> checks = Nodes.elements(test.path("alert_rule_test"));
      for (int i = 1; i < checks.size(); i++) {
        String name = checks.get(i).path("alertname").asText();
        int before = checks.get(i - 1).path("exp_alerts").size();
        if (checks.get(i).path("exp_alerts").size() < before) {
          resolved.add(name);
        }
      }
    }
    assertThat(resolved).containsExactlyElementsOf(rules.names());
  }

  @Test
  void recordedNamesTellLevelMetricAndOperation() {
    assertThat(rules.recorded())
        .isNotEmpty()
        .allMatch(n -> n.matches("[a-z_]+:[a-z_]+:[a-z0-9_]+"));
  }

  @Test
  void rulesReadOnlyWhatSomebodyTells() {
    Set<String> known = KnownMetrics.all();
    known.addAll(rules.recorded());
    assertThat(rules.rules())
        .allSatisfy(
            rule -> assertThat(rules.read(rule)).as("%s", rule).isNotEmpty().isSubsetOf(known));
  }

  @Test
  void everyRecordedSeriesIsRead() {
    Set<String> read = new TreeSet<>();
    rules.rules().forEach(rule -> read.addAll(rules.read(rule)));
    assertThat(read).containsAll(rules.recorded());
  }

  private static List<JsonNode> tests() {
    return Stream.of("fieldmark.rules.test.yml", "burn-rates.test.yml")
        .flatMap(
            file ->
                Nodes.elements(Yaml.read(AlertRules.FOLDER.resolve(file)).path("tests")).stream())
        .toList();
  }

  private static List<JsonNode> checks() {
    return tests().stream()
        .flatMap(test -> Nodes.elements(test.path("alert_rule_test")).stream())
        .toList();
  }
}
