package io.fieldmark.delivery;

import static io.fieldmark.testing.Nodes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.delivery.ComposeFile.Mount;
import io.fieldmark.testing.Yaml;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code make up} starts fits together, and fits what it is made of. */
class ComposeTest {
  private static final Path CONFIGURATIONS = ComposeFile.FOLDER.resolve("compose");

  private final ComposeFile compose = ComposeFile.read();

  ComposeTest() throws IOException {}

  private List<String> names() {
    List<String> names = new ArrayList<>();
    compose.services().fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void everyImageIsOfOneVersion() {
    assertThat(compose.services())
        .isNotEmpty()
        .allSatisfy(
            service ->
                assertThat(service.path("image").asText().replaceAll("\\$\\{\\w+:-(.*)}", "$1"))
                    .matches(ImagesTest.PINNED));
  }

  @Test
  void versionsAreThoseOfTheBuild() {
    String version = Pom.version();
    for (String service : List.of("topics", "ingestion")) {
      assertThat(compose.service(service).path("image").asText())
          .isEqualTo("fieldmark-ingestion:${FIELDMARK_VERSION:-" + version + "}");
    }
    assertThat(compose.service("inference").path("image").asText())
        .isEqualTo("fieldmark-inference:${FIELDMARK_VERSION:-" + version + "}");
    assertThat(compose.service("kafka").path("image").asText())
        .isEqualTo("apache/kafka:" + Pom.property("kafka.version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics", "ingestion", "inference"})
  void ourContainersMayDoNothingButTheirWork(String name) {
    JsonNode service = compose.service(name);
    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(texts(service.path("tmpfs"))).containsExactly("/tmp");
    assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
    assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics", "ingestion", "inference"})
  void everyVariableSetsAKeyThatExists(String name) {
    ConfigSources sources =
        ConfigSources.read(Optional.empty(), compose.environment(name), Map.of());
    assertThat(compose.environment(name)).containsKey("FIELDMARK_KAFKA_BOOTSTRAP_SERVERS");
    assertThat(sources.unknownVariables()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingestion", "inference"})
  void bothRolesRunTwiceWithinLimits(String name) {
    JsonNode deploy = compose.service(name).path("deploy");
    assertThat(deploy.path("replicas").asInt()).isEqualTo(2);
    assertThat(deploy.at("/resources/limits/memory").asText()).matches("\\d+[MG]");
    assertThat(deploy.at("/resources/limits/cpus").asDouble()).isPositive();
  }

  @Test
  void whatIsMountedExistsAndIsNotWrittenTo() {
    List<Mount> mounts = names().stream().flatMap(name -> compose.mounts(name).stream()).toList();
    assertThat(mounts)
        .hasSizeGreaterThan(5)
        .allMatch(Mount::readOnly)
        .allMatch(mount -> Files.exists(mount.source()));
  }

  @Test
  void portsAreOnTheLoopbackOnly() {
    List<String> ports =
        names().stream()
            .flatMap(name -> texts(compose.service(name).path("ports")).stream())
            .toList();
    assertThat(ports).hasSizeGreaterThan(4).allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void brokerIsSetAsForTests() throws IOException {
    Properties broker = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("src/test/broker/broker.properties"))) {
      broker.load(reader);
    }
    broker.remove("listener.security.protocol.map");
    assertThat(broker.stringPropertyNames())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            key ->
                assertThat(compose.environment("kafka"))
                    .containsEntry(
                        "KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'),
                        broker.getProperty(key)));
  }

  @Test
  void prometheusFindsBothRolesRulesAndAlertmanager() throws IOException {
    JsonNode prometheus = Yaml.read(CONFIGURATIONS.resolve("prometheus.yml"));
    assertThat(prometheus.path("scrape_configs"))
        .hasSize(2)
        .allSatisfy(
            job -> {
              JsonNode discovery = job.at("/dns_sd_configs/0");
              assertThat(job.path("job_name").asText()).contains("fieldmark");
              assertThat(names()).contains(discovery.at("/names/0").asText());
              assertThat(discovery.path("port").asInt()).isEqualTo(managementPort());
            });
    assertThat(texts(prometheus.path("rule_files")))
        .allMatch(
            file -> compose.mounts("prometheus").stream().anyMatch(m -> m.target().equals(file)));
    assertThat(prometheus.at("/alerting/alertmanagers/0/static_configs/0/targets/0").asText())
        .isEqualTo("alertmanager:9093");
  }

  @Test
  void proxyAsksTheManagementPort() throws IOException {
    assertThat(Files.readString(CONFIGURATIONS.resolve("haproxy.cfg")))
        .contains(
            "ingestion:" + defaults().getProperty("http.port") + " check port " + managementPort())
        .contains("uri /health/ready");
    assertThat(compose.service("ingestion").path("healthcheck").toString())
        .contains("/localhost/" + managementPort() + ";", "/health/ready");
  }

  private static int managementPort() throws IOException {
    return Integer.parseInt(defaults().getProperty("management.port"));
  }

  private static Properties defaults() throws IOException {
    Properties defaults = new Properties();
    defaults.load(new StringReader(ConfigSources.annotatedDefaults()));
    return defaults;
  }

  @Test
  void grafanaFindsDashboardsAndPrometheus() throws IOException {
    JsonNode provider =
        Yaml.read(CONFIGURATIONS.resolve("grafana-dashboards.yaml")).at("/providers/0");
    String folder = provider.at("/options/path").asText();
    Mount dashboards =
        compose.mounts("grafana").stream()
            .filter(mount -> mount.target().equals(folder))
            .findFirst()
            .orElseThrow();
    assertThat(dashboards.source()).isEqualTo(Path.of("grafana-dashboards"));
    String home = compose.environment("grafana").get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH");
    assertThat(home).startsWith(folder + "/");
    assertThat(dashboards.source().resolve(home.substring(folder.length() + 1))).exists();
    JsonNode source =
        Yaml.read(CONFIGURATIONS.resolve("grafana-datasources.yaml")).at("/datasources/0");
    assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    // The one that the alerts for Grafana ask.
    assertThat(source.path("uid").asText())
        .isEqualTo(
            Yaml.read(Path.of("alerts/grafana/rules.yaml"))
                .at("/groups/0/rules/0/data/0/datasourceUid")
                .asText());
  }

  @Test
  void alertmanagerDiffersFromWhatIsDeliveredInItsMailServerOnly(@TempDir Path folder)
      throws Exception {
    String script =
        compose
            .service("alertmanager")
            .at("/command/0")
            .asText()
            .replace("/etc/alertmanager", Path.of("alerts").toAbsolutePath().toString())
            .replace("/alertmanager/", folder + "/")
            .replaceFirst("&& exec .*", "");
    Process shell = new ProcessBuilder("sh", "-c", script).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
    assertThat(folder.resolve("mail.tmpl")).exists();
    ObjectNode local = (ObjectNode) Yaml.read(folder.resolve("alertmanager.yml"));
    ObjectNode delivered = (ObjectNode) Yaml.read(Path.of("alerts/alertmanager.yml"));
    JsonNode global = local.remove("global");
    delivered.remove("global");
    assertThat(local).isEqualTo(delivered);
    assertThat(global.path("smtp_smarthost").asText()).isEqualTo("mail:1025");
    assertThat(global.path("smtp_require_tls").asBoolean(true)).isFalse();
    assertThat(global.has("smtp_auth_username")).isFalse();
  }
}
