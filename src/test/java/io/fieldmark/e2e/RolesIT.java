package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each role holds and opens, and what it says when its broker is not as it must be. */
class RolesIT {
  @TempDir private Path folder;

  private static Map<String, String> environment(int port, int management) throws Exception {
    Map<String, String> cluster =
        Map.of(
            "kafka.bootstrap_servers", SharedBroker.bootstrapServers(),
            "kafka.topic_prefix", SharedBroker.freshPrefix());
    TestTopics.create(Configs.with(cluster));
    Map<String, String> environment = new HashMap<>();
    environment.put("FIELDMARK_KAFKA_BOOTSTRAP_SERVERS", cluster.get("kafka.bootstrap_servers"));
    environment.put("FIELDMARK_KAFKA_TOPIC_PREFIX", cluster.get("kafka.topic_prefix"));
    environment.put("FIELDMARK_HTTP_PORT", Integer.toString(port));
    environment.put("FIELDMARK_MANAGEMENT_PORT", Integer.toString(management));
    return environment;
  }

  @Test
  void ingestionLoadsNeitherModelNorEngineNorDecoder() throws Exception {
    int management = ServiceProcess.freePort();
    Map<String, String> environment = environment(ServiceProcess.freePort(), management);
    environment.put("FIELDMARK_INFERENCE_MODEL_FOLDER", folder.resolve("nowhere").toString());
    environment.put("JAVA_OPTS", "-Xlog:class+load:stdout");
    try (ServiceProcess service =
        ServiceProcess.start(folder, environment, "serve", "--role", "ingestion")) {
      service.awaitOk(management, "/health/ready");
      assertThat(service.output())
          .contains("io.fieldmark.transport.kafka.KafkaInferenceClient")
          .doesNotContain("ai.djl", "org.bytedeco", "io.fieldmark.inference");
    }
  }

  @Test
  void inferenceOpensNoPublicPort() throws Exception {
    int port = ServiceProcess.freePort();
    int management = ServiceProcess.freePort();
    try (ServiceProcess service =
        ServiceProcess.start(
            folder, environment(port, management), "serve", "--role", "inference")) {
      service.awaitOk(management, "/health/ready");
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
      service.terminate();
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.output()).contains("Partitions handed over").doesNotContain("ERROR");
    }
  }

  @Test
  void aRoleWithoutItsTransportIsASentence() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.start(folder, Map.of(), "serve", "--role", "inference")) {
      assertThat(service.exitCode()).isEqualTo(2);
      assertThat(service.output()).contains("kafka.bootstrap_servers").doesNotContain("\tat ");
    }
  }

  @Test
  void missingTopicsAreNamedWithWhatMakesThem() throws Exception {
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS",
            SharedBroker.bootstrapServers(),
            "FIELDMARK_KAFKA_TOPIC_PREFIX",
            SharedBroker.freshPrefix() + "none",
            "FIELDMARK_HTTP_PORT",
            "0",
            "FIELDMARK_MANAGEMENT_PORT",
            "0");
    try (ServiceProcess service =
        ServiceProcess.start(folder, environment, "serve", "--role", "ingestion")) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output())
          .contains("none.images", "fieldmark topics --create")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aBrokerThatIsAwayIsWaitedForAndNamed() throws Exception {
    int nobody = ServiceProcess.freePort();
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + nobody,
            "FIELDMARK_HTTP_PORT", "0",
            "FIELDMARK_MANAGEMENT_PORT", "0");
    try (ServiceProcess service =
        ServiceProcess.start(folder, environment, "serve", "--role", "ingestion")) {
      service.awaitOutput("No broker answers at 127.0.0.1:" + nobody);
      service.terminate();
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.output()).doesNotContain("\tat ");
    }
  }
}
