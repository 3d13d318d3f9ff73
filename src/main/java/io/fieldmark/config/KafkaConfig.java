package io.fieldmark.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How photos and results travel between the tiers when they are processes of their own.
 *
 * @param bootstrapServers empty when there is no Kafka
 * @param maxInflight photos that one inference process works on at a time, queued ones included
 * @param maxBacklog photos that wait for any worker at which ingestion refuses further ones
 * @param sendTimeout within which the broker has to acknowledge a photo
 * @param drainTimeout within which finished work is waited for when partitions are taken away
 * @param announceInterval between two signs of life of an inference process
 * @param monitorInterval between two looks at the broker's offsets
 * @param properties of each kind of client, passed through as they are
 */
public record KafkaConfig(
    String bootstrapServers,
    Topics topics,
    String group,
    String groupProtocol,
    int maxInflight,
    int maxBacklog,
    Duration sendTimeout,
    Duration drainTimeout,
    Duration announceInterval,
    Duration monitorInterval,
    Properties properties) {
  /** What a photo's record needs beside the image. */
  public static final int HEADER_BYTES = 64 * 1024;

  private static final String MAX_REQUEST_SIZE = "max.request.size";

  public KafkaConfig {
    new Checks()
        .that(!group.isEmpty(), "kafka.group must not be empty")
        .oneOf("kafka.group_protocol", List.of("consumer", "classic"), groupProtocol)
        .atLeast("kafka.max_inflight", 2, maxInflight)
        .atLeast("kafka.max_backlog", 1, maxBacklog)
        .positive("kafka.send_timeout", sendTimeout)
        .positive("kafka.drain_timeout", drainTimeout)
        .positive("kafka.announce_interval", announceInterval)
        .positive("kafka.monitor_interval", monitorInterval)
        .verify();
  }

  /** For what cannot do without Kafka, whichever role is configured. */
  public void requireBroker() {
    new Checks()
        .that(
            !bootstrapServers.isEmpty(),
            "kafka.bootstrap_servers is empty: say where Kafka is, such as FIELDMARK_KAFKA_BOOTSTRAP_SERVERS=localhost:9092")
        .verify();
  }

  /** The largest record that the producer sends. */
  public long maxRequestBytes(long maxImageBytes) {
    String set = properties.producer().get(MAX_REQUEST_SIZE);
    return set == null ? maxImageBytes + HEADER_BYTES : Long.parseLong(set);
  }

  /**
   * @param prefix of every topic's name
   * @param labelled empty where none are kept
   * @param partitions and {@code replication} (-1: the broker's default) of topics that are created
   */
  public record Topics(
      String prefix,
      int partitions,
      int replication,
      Duration photoRetention,
      Duration resultRetention,
      Duration deadLetterRetention,
      Duration feedbackRetention,
      Optional<Labelled> labelled) {
    /**
     * Photos kept with what people say is in them.
     *
     * @param bytes of them at most
     */
    public record Labelled(Duration retention, long bytes) {
      public Labelled {
        new Checks().positive("kafka.labelled_retention", retention).verify();
      }
    }

    public Topics {
      new Checks()
          .that(
              prefix.matches("[A-Za-z0-9._-]{1,200}"),
              "kafka.topic_prefix must be letters, digits, '.', '_' and '-', not '%s'"
                  .formatted(prefix))
          .atLeast("kafka.partitions", 1, partitions)
          .that(
              replication == -1 || replication > 0,
              "kafka.replication must be at least 1, or -1 for the broker's default, not "
                  + replication)
          .positive("kafka.photo_retention", photoRetention)
          .positive("kafka.result_retention", resultRetention)
          .positive("kafka.dead_letter_retention", deadLetterRetention)
          .positive("kafka.feedback_retention", feedbackRetention)
          .verify();
    }

    public String photos() {
      return prefix + ".images";
    }

    public String results() {
      return prefix + ".predictions";
    }

    public String deadLetters() {
      return prefix + ".dead-letters";
    }

    public String feedback() {
      return prefix + ".feedback";
    }

    /** There only where photos are kept. */
    public String labelledPhotos() {
      return prefix + ".labelled";
    }

    public String workers() {
      return prefix + ".workers";
    }
  }

  /** As Kafka names them; those of a kind of client win over those of all. */
  public record Properties(
      Map<String, String> producer, Map<String, String> consumer, Map<String, String> admin) {
    public Properties {
      new Checks()
          .that(
              producer.getOrDefault(MAX_REQUEST_SIZE, "1").matches("[0-9]{1,9}"),
              "kafka.producer.max.request.size must be a number of bytes")
          .verify();
    }
  }
}
