package io.fieldmark.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys that begin with {@code kafka.}. */
final class KafkaSection {
  private KafkaSection() {}

  static Optional<KafkaConfig> read(Settings s) {
    Optional<KafkaConfig.Topics> topics =
        s.section(
            () ->
                new KafkaConfig.Topics(
                    s.text("kafka.topic_prefix"),
                    s.integer("kafka.partitions"),
                    s.integer("kafka.replication"),
                    s.duration("kafka.photo_retention"),
                    s.duration("kafka.result_retention"),
                    s.duration("kafka.dead_letter_retention"),
                    s.duration("kafka.feedback_retention"),
                    labelled(s)));
    Optional<KafkaConfig.Properties> properties =
        s.section(
            () ->
                new KafkaConfig.Properties(
                    client(s, "producer"), client(s, "consumer"), client(s, "admin")));
    return topics.flatMap(
        names -> properties.flatMap(given -> s.section(() -> config(s, names, given))));
  }

  private static Optional<KafkaConfig.Topics.Labelled> labelled(Settings s) {
    KafkaConfig.Topics.Labelled labelled =
        new KafkaConfig.Topics.Labelled(
            s.duration("kafka.labelled_retention"), s.bytes("feedback.max_stored_bytes"));
    return s.flag("feedback.store_photos") ? Optional.of(labelled) : Optional.empty();
  }

  private static KafkaConfig config(
      Settings s, KafkaConfig.Topics topics, KafkaConfig.Properties properties) {
    return new KafkaConfig(
        s.text("kafka.bootstrap_servers"),
        topics,
        s.text("kafka.group"),
        s.text("kafka.group_protocol"),
        s.integer("kafka.max_inflight"),
        s.integer("kafka.max_backlog"),
        s.duration("kafka.send_timeout"),
        s.duration("kafka.drain_timeout"),
        s.duration("kafka.announce_interval"),
        s.duration("kafka.monitor_interval"),
        properties);
  }

  private static Map<String, String> client(Settings s, String kind) {
    Map<String, String> merged = new HashMap<>(s.below(ConfigSources.OPEN.get(0)));
    merged.putAll(s.below("kafka." + kind + "."));
    return Map.copyOf(merged);
  }
}
