package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grafana's sidecar and Prometheus' operator find what they are given. */
class DashboardConfigMapsTest {
  /** Of what "kubectl apply" notes beside each resource. */
  private static final int LARGEST_ANNOTATION = 262_144;

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyDashboardIsThereAsItIs(Manifests manifests) throws IOException {
    Map<String, String> dashboards = new HashMap<>();
    for (ConfigMap map : manifests.of(ConfigMap.class)) {
      Map<String, String> labels = map.getMetadata().getLabels();
      if ("1".equals(labels.get("grafana_dashboard"))) {
        dashboards.putAll(map.getData());
      }
    }
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> folder = Files.list(Path.of("grafana-dashboards"))) {
      for (Path file : folder.filter(f -> f.toString().endsWith(".json")).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(dashboards).isEqualTo(files).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void nothingIsTooLargeToBeApplied(Manifests manifests) {
    for (ConfigMap map : manifests.of(ConfigMap.class)) {
      int characters = map.getData().values().stream().mapToInt(String::length).sum();
      // Quotes and ends of lines are written as two characters.
      assertThat(characters * 3 / 2).isLessThan(LARGEST_ANNOTATION);
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void rulesComeAlong(Manifests manifests) {
    assertThat(manifests.get(PrometheusRule.class, "fieldmark").getSpec().getGroups())
        .hasSizeGreaterThan(3);
  }
}
