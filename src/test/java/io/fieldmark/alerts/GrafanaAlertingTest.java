package io.fieldmark.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Nodes;
import io.fieldmark.testing.Yaml;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grafana is not at hand in tests: the structure that it reads is. */
class GrafanaAlertingTest {
  private static final Path FOLDER = AlertRules.FOLDER.resolve("grafana");
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "uid",
          "title",
          "condition",
          "for",
          "noDataState",
          "execErrState",
          "isPaused",
          "data",
          "labels",
          "annotations");

  private final List<JsonNode> rules = Nodes.elements(read("rules.yaml").at("/groups/0/rules"));

  private static JsonNode read(String file) {
    return Yaml.read(FOLDER.resolve(file));
  }

  @Test
  void everyFileIsOfTheSameVersion() {
    assertThat(List.of("rules.yaml", "contact-points.yaml", "policies.yaml"))
        .allSatisfy(file -> assertThat(read(file).path("apiVersion").asInt()).isEqualTo(1));
  }

  @Test
  void customersAlarmComparesTheLowestInstanceWithSixty() {
    JsonNode rule = rules.get(0);
    assertThat(rule.path("title").asText()).isEqualTo("FieldmarkLatestConfidenceLow");
    assertThat(rule.at("/data/0/model/expr").asText())
        .isEqualTo("min by (namespace) (latest_confidence_score)");
    JsonNode evaluator = rule.at("/data/1/model/conditions/0/evaluator");
    assertThat(evaluator.path("type").asText()).isEqualTo("lt");
    assertThat(evaluator.at("/params/0").asInt()).isEqualTo(60);
    assertThat(rule.path("noDataState").asText()).isEqualTo("OK");
  }

  @Test
  void rulesAreWellFormed() {
    Set<String> ids = new HashSet<>();
    assertThat(rules)
        .hasSize(2)
        .allSatisfy(
            rule -> {
              assertThat(rule.fieldNames()).toIterable().hasSameElementsAs(RULE_FIELDS);
              assertThat(ids.add(rule.path("uid").asText())).isTrue();
              assertThat(rule.path("uid").asText()).hasSizeLessThanOrEqualTo(40);
              assertThat(rule.path("execErrState").asText()).isIn("Error", "Alerting", "OK");
              List<JsonNode> steps = Nodes.elements(rule.path("data"));
              assertThat(steps).allMatch(s -> s.path("refId").equals(s.at("/model/refId")));
              assertThat(steps).extracting(s -> s.path("refId").asText()).containsExactly("A", "B");
              assertThat(rule.path("condition").asText()).isEqualTo("B");
              assertThat(steps.get(1).path("datasourceUid").asText()).isEqualTo("__expr__");
              assertThat(steps.get(1).at("/model/expression").asText()).isEqualTo("A");
            });
  }

  @Test
  void rulesAreNamedAndExplainedAsForPrometheus() {
    AlertRules prometheus = AlertRules.read();
    assertThat(rules)
        .allSatisfy(
            rule -> {
              String title = rule.path("title").asText();
              assertThat(prometheus.names()).contains(title);
              assertThat(rule.at("/annotations/runbook_url").asText())
                  .endsWith("/alerts/runbooks/" + title + ".md");
              assertThat(rule.at("/annotations").toString()).doesNotContainPattern("[^$]\\$[a-z]");
            });
  }

  @Test
  void expressionsReadOnlyWhatTheServiceTells() {
    AlertRules reader = AlertRules.read();
    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(reader.read(rule.at("/data/0/model")))
                    .isNotEmpty()
                    .isSubsetOf(KnownMetrics.all()));
  }

  @Test
  void alarmsReachTheContactPointThatExists() {
    JsonNode point = read("contact-points.yaml").at("/contactPoints/0");
    JsonNode policy = read("policies.yaml").at("/policies/0");
    assertThat(point.at("/receivers/0/type").asText()).isEqualTo("email");
    assertThat(point.at("/receivers/0/settings/addresses").asText()).contains("@");
    assertThat(point.at("/receivers/0/disableResolveMessage").asBoolean()).isFalse();
    assertThat(policy.path("receiver")).isEqualTo(point.path("name"));
    JsonNode route = policy.at("/routes/0");
    assertThat(route.path("receiver")).isEqualTo(point.path("name"));
    JsonNode matcher = route.at("/object_matchers/0");
    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(rule.path("labels").path(matcher.path(0).asText()))
                    .isEqualTo(matcher.path(2)));
  }
}
