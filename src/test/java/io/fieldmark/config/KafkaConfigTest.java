package io.fieldmark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConfigTest {
  private static ConfigSources sources(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return ConfigSources.read(Optional.empty(), variables, Map.of());
  }

  private static AppConfig load(ConfigSources sources) {
    return ConfigLoader.load(sources, Path.of("/"), 4, 1L << 30);
  }

  @Test
  void aRoleWithoutItsTransportIsRefused() {
    assertThatThrownBy(() -> load(sources("FIELDMARK_ROLE", "ingestion")))
        .hasMessageContaining("role ingestion")
        .hasMessageContaining("kafka.bootstrap_servers");
  }

  @Test
  void anUnknownRoleIsRefusedWithThoseThatExist() {
    assertThatThrownBy(() -> load(sources("FIELDMARK_ROLE", "worker")))
        .hasMessageContaining("standalone, ingestion, inference")
        .hasMessageContaining("'worker'");
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    ConfigSources sources =
        ConfigSources.read(
            Optional.empty(),
            Map.of("FIELDMARK_ROLE", "inference", "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS", "k:9092"),
            Map.of("role", "ingestion"));
    assertThat(load(sources).role()).isEqualTo(Role.INGESTION);
    assertThat(sources.origin("role")).isEqualTo("command line");
  }

  @Test
  void anyPropertyOfAClientIsHandedThrough() {
    KafkaConfig.Properties properties =
        load(sources(
                "FIELDMARK_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL",
                "FIELDMARK_KAFKA_PRODUCER_SECURITY_PROTOCOL", "PLAINTEXT",
                "FIELDMARK_KAFKA_CONSUMER_FETCH_MIN_BYTES", "1"))
            .kafka()
            .properties();
    assertThat(properties.producer()).isEqualTo(Map.of("security.protocol", "PLAINTEXT"));
    assertThat(properties.consumer())
        .isEqualTo(Map.of("security.protocol", "SSL", "fetch.min.bytes", "1"));
    assertThat(properties.admin()).isEqualTo(Map.of("security.protocol", "SSL"));
  }

  @Test
  void aSecretIsReadFromItsFileAndNeverShown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, "hunter2\n");
    ConfigSources sources =
        sources("FIELDMARK_KAFKA_CLIENT_SSL_KEYSTORE_PASSWORD_FILE", file.toString());
    String key = "kafka.client.ssl.keystore.password";
    assertThat(sources.values()).containsEntry(key, "hunter2");
    assertThat(sources.shown(key)).isEqualTo("********");
  }

  @Test
  void aSecretsFileThatIsMissingIsNamed() {
    assertThatThrownBy(
            () -> load(sources("FIELDMARK_KAFKA_CLIENT_SASL_JAAS_CONFIG_FILE", "/no-such-file")))
        .hasMessageContaining("/no-such-file")
        .hasMessageContaining("FIELDMARK_KAFKA_CLIENT_SASL_JAAS_CONFIG_FILE");
  }

  @Test
  void recordsSmallerThanUploadsAreRefusedNamingBoth() {
    assertThatThrownBy(() -> load(sources("FIELDMARK_KAFKA_PRODUCER_MAX_REQUEST_SIZE", "1000000")))
        .hasMessageContaining("kafka.producer.max.request.size (1000000)")
        .hasMessageContaining("ingestion.max_image_bytes (10485760)");
  }

  @Test
  void moreInFlightThanTheQueueHoldsIsRefusedWhereItMatters() {
    assertThatThrownBy(
            () ->
                load(
                    sources(
                        "FIELDMARK_ROLE", "inference",
                        "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS", "k:9092",
                        "FIELDMARK_INFERENCE_QUEUE_CAPACITY", "16")))
        .hasMessageContaining("kafka.max_inflight (32)")
        .hasMessageContaining("inference.queue_capacity (16)");
  }
}
