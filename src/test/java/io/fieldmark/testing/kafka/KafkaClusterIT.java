package io.fieldmark.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a broker of a test fails as a real one does, and what was acknowledged is kept. */
class KafkaClusterIT {
  private static final Duration IMPATIENCE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static KafkaCluster cluster;
  private Topic topic;

  @BeforeAll
  static void start() throws Exception {
    cluster = KafkaCluster.startBehindProxies(folder, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void createTopic() throws Exception {
    topic = Topic.create(cluster.bootstrapServers(), SharedBroker.freshPrefix() + "photos", 1);
    topic.send(PATIENCE, "before");
  }

  @AfterEach
  void nothingAcknowledgedIsLost() throws Exception {
    topic.send(PATIENCE, "after");
    assertThat(topic.read(2)).containsExactly("before", "after");
  }

  private void assertUnreachable() {
    assertThatThrownBy(() -> topic.send(IMPATIENCE, "meanwhile"))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aKilledBrokerReturnsWithItsData() throws Exception {
    long firstLife = cluster.broker(1).pid();
    cluster.kill(1);
    assertThat(ProcessHandle.of(firstLife)).isEmpty();
    assertUnreachable();
    cluster.restart(1);
  }

  @Test
  void aPausedBrokerAnswersWhenItIsResumed() throws Exception {
    cluster.pause(1);
    assertUnreachable();
    assertThat(cluster.broker(1).isAlive()).isTrue();
    cluster.resume(1);
  }

  @Test
  void clientsReachTheBrokerThroughTheProxyOnly() throws Exception {
    cluster.proxy(1).cut();
    assertUnreachable();
    cluster.proxy(1).heal();
    cluster.proxy(1).delay(Direction.TO_CLIENT, IMPATIENCE.multipliedBy(2));
    assertUnreachable();
    cluster.proxy(1).heal();
  }

  @Test
  void aBrokerThatCannotStartSaysWhy(@TempDir Path other) {
    assertThatThrownBy(() -> Broker.launch(other, Map.of("node.id", "x")).awaitUp())
        .hasMessageContaining("Invalid value x for configuration");
  }
}
