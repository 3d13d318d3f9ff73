package io.fieldmark.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, of which one may fail. */
class ReplicatedClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static KafkaCluster cluster;
  private static Topic topic;

  @BeforeAll
  static void start() throws Exception {
    cluster = KafkaCluster.start(folder, 3);
    topic = Topic.create(cluster.bootstrapServers(), "photos", 6);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void topicsHaveThreeReplicasOfWhichTwoMustBeInSync() throws Exception {
    ConfigResource settings = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers()))) {
      TopicDescription description =
          admin.describeTopics(List.of(topic.name())).allTopicNames().get().get(topic.name());
      assertThat(description.partitions())
          .hasSize(6)
          .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3));
      Config config = admin.describeConfigs(List.of(settings)).all().get().get(settings);
      assertThat(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value()).isEqualTo("2");
    }
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
