package io.fieldmark.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Yaml;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrometheusRuleTest {
  private final JsonNode resource = Yaml.read(Path.of("k8s/monitoring/prometheus-rule.yaml"));

  @Test
  void clusterHasTheSameRules() {
    assertThat(resource.at("/spec/groups"))
        .as("run \"make alerts\"")
        .isEqualTo(Yaml.read(AlertRules.FOLDER.resolve("fieldmark.rules.yml")).path("groups"));
  }

  @Test
  void isAResourceOfThePrometheusOperator() {
    assertThat(resource.path("apiVersion").asText()).isEqualTo("monitoring.coreos.com/v1");
    assertThat(resource.path("kind").asText()).isEqualTo("PrometheusRule");
    assertThat(resource.at("/metadata/name").asText()).isEqualTo("fieldmark");
  }
}
