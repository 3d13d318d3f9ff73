package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.kafka.SharedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandIT {
  @TempDir private Path folder;

  @Test
  void whatIsMissingIsNamedAndThenCreatedOnce() throws Exception {
    ClientTopics topics = ClientTopics.fresh(folder);
    ClientRun missing = topics.run("topics", "--check");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.out())
        .hasSize(5)
        .allMatch(line -> line.endsWith("is missing. Create it with: fieldmark topics --create"));

    ClientRun created = topics.run("topics", "--create");
    assertThat(created.exitCode()).isZero();
    assertThat(created.out())
        .containsExactly(
            "Created " + topics.names().photos(),
            "Created " + topics.names().results(),
            "Created " + topics.names().deadLetters(),
            "Created " + topics.names().feedback(),
            "Created " + topics.names().workers(),
            "All topics are as they must be");

    ClientRun again = topics.run("topics", "--create");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).containsExactly("All topics are as they must be");
    assertThat(topics.run("topics", "--check").exitCode()).isZero();
  }

  @Test
  void settingsThatWouldLosePhotosAreNamed() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    alter(topics.names().photos(), "max.message.bytes", "1000");
    alter(topics.names().photos(), "retention.bytes", "5000");
    alter(topics.names().results(), "retention.ms", "60000");
    alter(topics.names().deadLetters(), "message.timestamp.type", "CreateTime");
    alter(topics.names().workers(), "cleanup.policy", "delete");
    alter(topics.names().feedback(), "cleanup.policy", "delete");
    ClientRun check = topics.run("topics", "--check");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).hasSize(6);
    assertThat(String.join("\n", check.out()))
        .contains("(1000) is too small for ingestion.max_image_bytes (10485760)")
        .contains("retention.bytes of topic %s is 5000".formatted(topics.names().photos()))
        .contains("(60000) is shorter than kafka.result_retention (86400000 ms)")
        .contains("message.timestamp.type of topic %s".formatted(topics.names().deadLetters()))
        .contains("cleanup.policy of topic %s is delete".formatted(topics.names().workers()))
        .contains(
            "cleanup.policy of topic %s is delete: set it to compact,delete"
                .formatted(topics.names().feedback()));
  }

  @Test
  void fewerPartitionsThanConfiguredAreWorthANoteOnly() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    ClientRun check =
        ClientRun.of(folder, topics.config() + "\nkafka.partitions=24", "topics", "--check");
    assertThat(check.exitCode()).isZero();
    assertThat(check.out()).hasSize(4);
    assertThat(check.out().get(0)).startsWith("Note: ").contains("3 partitions", "(24)");
  }

  @Test
  void aBrokerThatIsAwayIsNamedInOneSentence() throws Exception {
    ClientRun check =
        ClientRun.of(folder, "kafka.bootstrap_servers=127.0.0.1:1", "topics", "--check");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err().lines()).hasSize(1);
    assertThat(check.err()).contains("No broker answers at 127.0.0.1:1");
  }

  @Test
  void withoutABrokerConfiguredNothingIsTried() throws Exception {
    ClientRun check = ClientRun.of(folder, "", "topics", "--check");
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("kafka.bootstrap_servers is empty");
  }

  @Test
  void aBrokersNameThatCannotBeResolvedIsNamed() throws Exception {
    ClientRun check =
        ClientRun.of(folder, "kafka.bootstrap_servers=nowhere.invalid:9092", "topics", "--check");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err().lines()).hasSize(1);
    assertThat(check.err()).contains("nowhere.invalid:9092").doesNotContain("\tat ");
  }

  private static void alter(String topic, String setting, String value) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedBroker.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }
}
