package io.fieldmark.e2e;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.SecuredBroker;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.Path;

/**
 * The topics of one test at a secured broker, and the users that work with them.
 *
 * @param prefix of the topics' names; also the group, and the beginning of the users' names
 */
record SecuredTopics(SecuredBroker broker, AccessTable table, Path folder, String prefix) {
  /** Of every user. */
  static final String PASSWORD = "correct-horse-7";

  private static final String PARTITIONS = "3";

  static SecuredTopics fresh(SecuredBroker broker, AccessTable table, Path folder) {
    return new SecuredTopics(broker, table, folder, SharedBroker.freshPrefix() + "fieldmark");
  }

  private AppConfig config() {
    return Configs.with(
        "kafka.topic_prefix",
        prefix,
        "kafka.partitions",
        PARTITIONS,
        "feedback.store_photos",
        "true");
  }

  KafkaConfig.Topics names() {
    return config().kafka().topics();
  }

  String group() {
    return prefix;
  }

  /** By somebody who may do everything. */
  void create() throws Exception {
    TestTopics.create(broker.admin(), config());
  }

  /**
   * Somebody who may do nothing.
   *
   * @param tried the password that this user tries
   */
  SecuredUser user(String name, String tried) throws Exception {
    broker.addUser(prefix + name, PASSWORD);
    return SecuredUser.of(broker, prefix + name, tried, folder)
        .with("FIELDMARK_KAFKA_TOPIC_PREFIX", prefix)
        .with("FIELDMARK_KAFKA_PARTITIONS", PARTITIONS)
        .with("FIELDMARK_FEEDBACK_STORE_PHOTOS", "true")
        .with("FIELDMARK_KAFKA_GROUP", group());
  }

  /** Somebody who may do exactly what the README says that this needs. */
  SecuredUser userFor(String command) throws Exception {
    SecuredUser user = user(command.replaceAll("[^a-z]", ""), PASSWORD);
    table.grant(broker, user.name(), command, names(), group());
    return user;
  }
}
