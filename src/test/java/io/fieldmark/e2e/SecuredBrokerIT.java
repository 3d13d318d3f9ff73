package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.Application;
import io.fieldmark.client.ClientRun;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.SecuredBroker;
import io.fieldmark.transport.kafka.BrokerFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that wants TLS and a login and allows only what was granted: what works there with
 * exactly what the README says is needed, and what is said when something is missing.
 */
class SecuredBrokerIT {
  private static final String WRONG = "battery-staple-8";
  private static final byte[] PHOTO = DrawnImage.jpeg(96, 64);

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SecuredBroker broker;
  private static AccessTable table;

  private SecuredTopics topics;

  @BeforeAll
  static void start() throws Exception {
    table = AccessTable.read();
    broker = SecuredBroker.start(shared);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void name() {
    topics = SecuredTopics.fresh(broker, table, folder);
  }

  /** Runs to its end; returns what it said. */
  private static String said(int exitCode, SecuredUser user, String... arguments) throws Exception {
    try (ServiceProcess process = user.start(arguments)) {
      assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
      assertThat(process.output()).doesNotContain(SecuredTopics.PASSWORD, WRONG);
      return process.output();
    }
  }

  /** All that a process says that cannot start. */
  private static void assertEndsSaying(SecuredUser user, String... parts) throws Exception {
    List<String> lines =
        said(1, user, "serve", "--role", "ingestion")
            .lines()
            .filter(line -> !line.contains("INFO"))
            .toList();
    assertThat(lines).singleElement().asString().contains("Cannot start: ").contains(parts);
  }

  private static void assertRefused(SecuredUser user, String role, String what) throws Exception {
    Application application = user.application(role);
    try {
      assertThatThrownBy(() -> await(application.start()))
          .hasCauseInstanceOf(BrokerFailure.class)
          .hasMessageContainingAll("does not allow " + what, "kafka-acls --add --operation");
    } finally {
      await(application.close());
    }
  }

  /** In one line and nothing more. */
  private static void assertSays(ClientRun run, String... parts) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(parts);
  }

  private static ClientRun succeeded(ClientRun run) {
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run;
  }

  private static HttpAnswer upload(int port) throws Exception {
    return new ApiClient(port).post("/v1/predictions", Map.of(), PHOTO);
  }

  private static HttpAnswer feedback(int port, HttpAnswer answer) throws Exception {
    String id = answer.json().path("id").asText();
    byte[] opinion = "{\"correct\":true}".getBytes(StandardCharsets.US_ASCII);
    return new ApiClient(port).post("/v1/predictions/%s/feedback".formatted(id), Map.of(), opinion);
  }

  private Path photo() throws Exception {
    return Files.write(folder.resolve("photo.jpg"), PHOTO);
  }

  @Test
  void photosAreAnsweredWithExactlyTheAccessThatTheReadmeLists() throws Exception {
    assertThat(said(0, topics.userFor("topics --create"), "topics", "--create"))
        .contains("Created " + topics.names().photos(), "All topics are as they must be");
    assertThat(succeeded(topics.userFor("topics --check").run("topics", "--check")).out())
        .containsExactly("All topics are as they must be");
    int port = ServiceProcess.freePort();
    int ingestionHealth = ServiceProcess.freePort();
    int inferenceHealth = ServiceProcess.freePort();
    SecuredUser ingesting =
        topics
            .userFor("serve --role ingestion")
            .with("FIELDMARK_HTTP_PORT", Integer.toString(port))
            .with("FIELDMARK_MANAGEMENT_PORT", Integer.toString(ingestionHealth));
    SecuredUser inferring =
        topics
            .userFor("serve --role inference")
            .with("FIELDMARK_MANAGEMENT_PORT", Integer.toString(inferenceHealth));
    try (ServiceProcess inference = inferring.start("serve", "--role", "inference");
        ServiceProcess ingestion = ingesting.start("serve", "--role", "ingestion")) {
      inference.awaitOk(inferenceHealth, "/health/ready");
      ingestion.awaitOk(ingestionHealth, "/health/ready");
      HttpAnswer answer = upload(port);
      assertThat(answer.body()).contains("\"label\"");
      assertThat(feedback(port, answer).json().path("photo").asText()).isEqualTo("kept");
      String exported = folder.resolve("exported").toString();
      assertThat(
              succeeded(topics.userFor("export-feedback").run("export-feedback", exported)).out())
          .hasSize(1);
      String photo = photo().toString();
      assertThat(succeeded(topics.userFor("produce --wait").run("produce", photo, "--wait")).out())
          .singleElement()
          .asString()
          .contains("\"label\"");
      assertThat(succeeded(topics.userFor("produce").run("produce", photo)).out()).hasSize(1);
      assertThat(succeeded(topics.userFor("results").run("results")).out())
          .hasSizeGreaterThan(1)
          .allMatch(line -> line.contains("\"label\""));
      assertThat(succeeded(topics.userFor("replay-dead-letters").run("replay-dead-letters")).err())
          .isEqualTo("No dead letter waits\n");
      assertThat(ingestion.output() + inference.output())
          .doesNotContain("ERROR", "trying again", "not told", SecuredTopics.PASSWORD);
    }
  }

  @Test
  void aWrongPasswordIsSaidInASentenceAndRepeatedNowhere() throws Exception {
    SecuredUser user = topics.user("mallory", WRONG);
    assertEndsSaying(user, broker.bootstrapServers(), "does not accept the credentials", "jaas");
    assertSays(user.run("topics", "--check"), "does not accept the credentials", "jaas");
    assertThat(said(1, user.with("FIELDMARK_LOG_LEVEL", "trace"), "topics", "--check"))
        .contains("the credentials", "TRACE");
  }

  @Test
  void aCertificateThatNobodyTrustsIsSaidWithWhatToConfigure() throws Exception {
    SecuredUser user =
        topics.user("stranger", SecuredTopics.PASSWORD).without("FIELDMARK_KAFKA_CLIENT_SSL_");
    assertEndsSaying(user, "No TLS connection", "kafka.client.ssl.truststore");
    assertSays(
        user.run("topics", "--check"),
        "No TLS connection",
        broker.bootstrapServers(),
        "kafka.client.ssl.truststore");
  }

  @Test
  void aTopicThatARoleMayNotReadIsNamed() throws Exception {
    topics.create();
    SecuredUser user = topics.userFor("serve --role ingestion");
    broker.revoke(user.name(), ResourceType.TOPIC, topics.names().results());
    assertRefused(user, "ingestion", "Read on topic " + topics.names().results());
    broker.allow(
        user.name(), ResourceType.TOPIC, topics.names().results(), List.of(AclOperation.DESCRIBE));
    assertRefused(user, "ingestion", "Read on topic " + topics.names().results());
  }

  @Test
  void aGroupThatARoleMayNotUseIsNamed() throws Exception {
    topics.create();
    SecuredUser ingestion = topics.userFor("serve --role ingestion");
    broker.revoke(ingestion.name(), ResourceType.GROUP, topics.group());
    assertRefused(ingestion, "ingestion", "Describe on group " + topics.group());
    SecuredUser inference = topics.userFor("serve --role inference");
    broker.revoke(inference.name(), ResourceType.GROUP, topics.group());
    broker.allow(
        inference.name(), ResourceType.GROUP, topics.group(), List.of(AclOperation.DESCRIBE));
    assertRefused(inference, "inference", "Read on group " + topics.group());
  }

  @Test
  void anUploadThatMayNotBeStoredIsRefusedAndTheTopicNamed() throws Exception {
    topics.create();
    int port = ServiceProcess.freePort();
    int health = ServiceProcess.freePort();
    SecuredUser user =
        topics
            .userFor("serve --role ingestion")
            .with("FIELDMARK_HTTP_PORT", Integer.toString(port))
            .with("FIELDMARK_MANAGEMENT_PORT", Integer.toString(health));
    broker.revoke(user.name(), ResourceType.TOPIC, topics.names().photos());
    broker.allow(
        user.name(),
        ResourceType.TOPIC,
        topics.names().photos(),
        List.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS));
    try (ServiceProcess ingestion = user.start("serve", "--role", "ingestion")) {
      ingestion.awaitOk(health, "/health/ready");
      assertThat(upload(port).status()).isEqualTo(503);
      ingestion.awaitOutput("does not allow Write on topic " + topics.names().photos());
    }
  }

  @Test
  void commandsNameWhatTheyMayNotDo() throws Exception {
    SecuredUser user = topics.user("guest", SecuredTopics.PASSWORD);
    assertSays(user.run("topics", "--create"), "Create on topic " + topics.names().photos());
    topics.create();
    ClientRun check = user.run("topics", "--check");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).hasSize(6).allMatch(line -> line.contains("Describe on topic "));
    for (String topic : List.of(topics.names().photos(), topics.names().results())) {
      broker.allow(user.name(), ResourceType.TOPIC, topic, List.of(AclOperation.DESCRIBE));
    }
    assertThat(said(1, user, "produce", photo().toString()))
        .contains("Write on topic " + topics.names().photos());
    assertSays(user.run("results"), "Read on topic " + topics.names().results());
  }
}
