package io.fieldmark.testing.kafka;

import io.fieldmark.config.KafkaConfig.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Topics as the service wants them, on a broker of the tests. */
public final class TestTopics {
  private static final Map<String, String> STORED =
      Map.of("message.timestamp.type", "LogAppendTime");

  private TestTopics() {}

  public static void create(String bootstrapServers, Topics topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> wanted =
          List.of(
              topic(topics.photos(), topics.partitions()).configs(STORED),
              topic(topics.results(), topics.partitions()).configs(STORED),
              topic(topics.deadLetters(), topics.partitions()).configs(STORED),
              topic(topics.workers(), 1).configs(Map.of("cleanup.policy", "compact")));
      admin.createTopics(wanted).all().get(20, TimeUnit.SECONDS);
    }
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }
}
