package io.fieldmark.delivery;

import static io.fieldmark.testing.Nodes.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Helm installs fits what Fieldmark tells, and what asks for it. */
class HelmValuesTest {
  private static final Path FOLDER = Path.of("k8s/helm-values");
  private static final List<String> CHARTS =
      List.of("kube-prometheus-stack", "prometheus-adapter", "keda");

  private static JsonNode values(String chart) {
    return Yaml.documents(FOLDER.resolve(chart + ".yaml")).get(0);
  }

  /** All manifests of this kind that overlays are made of. */
  private static List<JsonNode> manifests(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(FOLDER))
          .flatMap(file -> Yaml.documents(file).stream())
          .filter(manifest -> manifest.path("kind").asText().equals(kind))
          .toList();
    }
  }

  private static List<String> reference() throws IOException {
    return Files.readAllLines(Path.of("src/docs/metrics.md"));
  }

  /** The rows of the reference that tell of this metric, and of this part of Fieldmark. */
  private static boolean tells(String metric, String part) {
    try {
      return reference().stream()
          .anyMatch(row -> row.startsWith("| `" + metric + "` |") && row.contains(part));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> asked(String kindOfMetric) throws IOException {
    List<String> asked = new ArrayList<>();
    for (JsonNode autoscaler : manifests("HorizontalPodAutoscaler")) {
      elements(autoscaler.at("/spec/metrics")).stream()
          .filter(metric -> metric.has(kindOfMetric))
          .map(metric -> metric.at("/" + kindOfMetric + "/metric/name").asText())
          .forEach(asked::add);
    }
    return asked;
  }

  private static List<String> served(String rules) {
    return elements(values("prometheus-adapter").at("/rules/" + rules)).stream()
        .map(rule -> rule.path("seriesQuery").asText().replaceFirst("\\{.*", ""))
        .toList();
  }

  @Test
  void everyChartIsOfOneVersionAndHasItsValues() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("versions"));
    assertThat(lines).allMatch(line -> line.matches("[\\w-]+ https://\\S+ \\d+\\.\\d+\\.\\d+"));
    assertThat(lines).extracting(line -> line.split(" ", -1)[0]).isEqualTo(CHARTS);
    assertThat(CHARTS).allSatisfy(chart -> assertThat(values(chart).isObject()).isTrue());
  }

  @Test
  void adapterServesWhatIngestionTells() {
    assertThat(served("custom")).isNotEmpty().allMatch(metric -> tells(metric, "ingestion"));
    assertThat(served("external")).isNotEmpty().allMatch(metric -> tells(metric, "ingestion"));
  }

  @Test
  void adapterServesWhatTheAutoscalersAsk() throws IOException {
    assertThat(asked("pods")).isNotEmpty().isEqualTo(served("custom"));
    assertThat(asked("external")).isNotEmpty().isEqualTo(served("external"));
  }

  /** All instances tell of the same backlog: their sum would be too much. */
  @Test
  void backlogIsTheLargestOfWhatInstancesTell() {
    assertThat(elements(values("prometheus-adapter").at("/rules/external")))
        .allSatisfy(
            rule ->
                assertThat(rule.path("metricsQuery").asText())
                    .isEqualTo("max(<<.Series>>{<<.LabelMatchers>>})"));
  }

  @Test
  void everybodyAsksThePrometheusThatIsInstalled() throws IOException {
    JsonNode prometheus = values("prometheus-adapter").path("prometheus");
    String address = prometheus.path("url").asText() + ":" + prometheus.path("port").asText();
    assertThat(address)
        .isEqualTo("http://monitoring-kube-prometheus-prometheus.monitoring.svc:9090");
    assertThat(manifests("ScaledObject"))
        .isNotEmpty()
        .flatExtracting(scaled -> elements(scaled.at("/spec/triggers")))
        .filteredOn(trigger -> trigger.path("type").asText().equals("prometheus"))
        .isNotEmpty()
        .allMatch(trigger -> trigger.at("/metadata/serverAddress").asText().equals(address));
  }

  @Test
  void prometheusTakesMonitorsAndRulesOfAllNamespaces() {
    JsonNode spec = values("kube-prometheus-stack").at("/prometheus/prometheusSpec");
    for (String kind : List.of("podMonitor", "serviceMonitor", "probe", "rule")) {
      assertThat(spec.path(kind + "SelectorNilUsesHelmValues").asBoolean(true)).as(kind).isFalse();
      assertThat(spec.has(kind + "Selector")).as(kind).isFalse();
      assertThat(spec.has(kind + "NamespaceSelector")).as(kind).isFalse();
    }
  }

  @Test
  void grafanaTakesOurDashboardsAndIsWhatTheAlarmsAsk() throws IOException {
    JsonNode sidecar = values("kube-prometheus-stack").at("/grafana/sidecar");
    assertThat(sidecar.at("/dashboards/searchNamespace").asText()).isEqualTo("ALL");
    assertThat(sidecar.at("/datasources/uid").asText())
        .isEqualTo(
            Yaml.read(Path.of("alerts/grafana/rules.yaml"))
                .at("/groups/0/rules/0/data/0/datasourceUid")
                .asText());
    Path dashboards = Path.of("grafana-dashboards/kustomization.yaml");
    JsonNode labels = Yaml.read(dashboards).at("/generatorOptions/labels");
    assertThat(labels.path(sidecar.at("/dashboards/label").asText()).asText())
        .isEqualTo(sidecar.at("/dashboards/labelValue").asText());
  }

  @Test
  void alertmanagerReadsTheSecretThatTheScriptMakes() throws IOException {
    JsonNode spec = values("kube-prometheus-stack").at("/alertmanager/alertmanagerSpec");
    assertThat(spec.path("useExistingSecret").asBoolean()).isTrue();
    assertThat(Files.readString(Path.of("k8s/scripts/monitoring")))
        .contains("create secret generic " + spec.path("configSecret").asText() + " ");
  }

  @Test
  void mailCatcherIsWhereTheScriptSendsMail() throws IOException {
    List<JsonNode> catcher = Yaml.documents(Path.of("k8s/mail-catcher.yaml"));
    JsonNode service = catcher.get(0);
    JsonNode container = catcher.get(1).at("/spec/template/spec/containers/0");
    String address =
        "%s.%s.svc:%d"
            .formatted(
                service.at("/metadata/name").asText(),
                service.at("/metadata/namespace").asText(),
                service.at("/spec/ports/0/port").asInt());
    assertThat(Files.readString(Path.of("k8s/scripts/monitoring"))).contains("/" + address + "/");
    assertThat(service.at("/spec/selector"))
        .isEqualTo(catcher.get(1).at("/spec/template/metadata/labels"))
        .isEqualTo(catcher.get(1).at("/spec/selector/matchLabels"));
    assertThat(container.path("image").asText())
        .isEqualTo(ComposeFile.read().service("mail").path("image").asText());
  }
}
