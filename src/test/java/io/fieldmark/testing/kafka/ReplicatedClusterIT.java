package io.fieldmark.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, of which one may fail. */
class ReplicatedClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private KafkaCluster cluster;
  private Topic topic;

  @BeforeEach
  void start() throws Exception {
    cluster = KafkaCluster.start(folder, 3);
    topic = Topic.create(cluster.bootstrapServers(), "photos", 6);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void producingGoesOnWhenABrokerDiesAndNothingAcknowledgedIsLost() throws Exception {
    topic.send(PATIENCE, "a", "b", "c", "d", "e", "f");
    cluster.kill(2);
    topic.send(PATIENCE, "g", "h", "i", "j", "k", "l");
    assertThat(cluster.broker(2).isAlive()).isFalse();
    assertThat(topic.read(12))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
    cluster.restart(2);
    topic.send(PATIENCE, "m");
  }
}
