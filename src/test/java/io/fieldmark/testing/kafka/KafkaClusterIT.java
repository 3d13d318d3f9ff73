package io.fieldmark.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a broker of a test fails as a real one does, and what was acknowledged is kept. */
class KafkaClusterIT {
  private static final Duration IMPATIENCE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void anAcknowledgedRecordSurvivesTheBrokersDeath() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.start(folder, 1)) {
      Topic topic = Topic.create(cluster.bootstrapServers(), "photos", 2);
      topic.send(PATIENCE, "before");
      long firstLife = cluster.broker(1).pid();

      cluster.kill(1);
      assertThat(ProcessHandle.of(firstLife)).isEmpty();
      assertThatThrownBy(() -> topic.send(IMPATIENCE, "meanwhile"))
          .hasCauseInstanceOf(TimeoutException.class);

      cluster.restart(1);
      topic.send(PATIENCE, "after");
      assertThat(topic.read(2)).containsExactlyInAnyOrder("before", "after");
    }
  }

  @Test
  void aPausedBrokerAnswersWhenItIsResumed() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.start(folder, 1)) {
      Topic topic = Topic.create(cluster.bootstrapServers(), "photos", 1);
      cluster.pause(1);
      assertThatThrownBy(() -> topic.send(IMPATIENCE, "lost"))
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(cluster.broker(1).isAlive()).isTrue();
      cluster.resume(1);
      topic.send(PATIENCE, "after");
      assertThat(topic.read(1)).containsExactly("after");
    }
  }

  @Test
  void clientsReachTheBrokerThroughTheProxyOnly() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.startBehindProxies(folder, 1)) {
      Topic topic = Topic.create(cluster.bootstrapServers(), "photos", 1);
      topic.send(PATIENCE, "before");
      cluster.proxy(1).cut();
      assertThatThrownBy(() -> topic.send(IMPATIENCE, "cut"))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      cluster.proxy(1).heal();
      topic.send(PATIENCE, "after");
      assertThat(topic.read(2)).containsExactly("before", "after");
    }
  }

  @Test
  void aBrokerThatCannotStartSaysWhy() {
    assertThatThrownBy(() -> Broker.launch(folder, Map.of("node.id", "x")).awaitUp())
        .hasMessageContaining("Invalid value x for configuration");
  }
}
