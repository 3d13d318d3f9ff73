package io.fieldmark.transport.kafka;

import io.fieldmark.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Compares a topic as it is with what we need of it. */
final class TopicCheck {
  private static final String FOREVER = "-1";

  private final KafkaConfig.Topics topics;
  private final long maxImageBytes;

  TopicCheck(KafkaConfig.Topics topics, long maxImageBytes) {
    this.topics = topics;
    this.maxImageBytes = maxImageBytes;
  }

  static String missing(String topic) {
    return "The topic %s is missing. Create it with: fieldmark topics --create".formatted(topic);
  }

  /**
   * @param settings as the broker applies them, its defaults included
   */
  TopicFindings compare(TopicPlan plan, int partitions, Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    if (plan.name().equals(topics.workers())) {
      requireCompaction(plan, settings, "the signs of life of all workers pile up", problems);
    } else if (plan.name().equals(topics.feedback())) {
      requireCompaction(plan, settings, "all that was ever said of an answer is kept", problems);
      requireOnePartition(plan, partitions, problems);
    } else if (plan.name().equals(topics.labelledPhotos())) {
      requireCompaction(
          plan, settings, "a photo stays under labels that were taken back", problems);
      requireOnePartition(plan, partitions, problems);
      requireRoom(plan, settings, problems);
    } else {
      requirePlainDeletion(plan, settings, problems);
      requireRetention(plan, settings, problems);
      requireRoom(plan, settings, problems);
    }
    String stamped = settings.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    if (!TopicPlan.BROKERS_TIME.equals(stamped)) {
      problems.add(
          "message.timestamp.type of topic %s is %s: set it to LogAppendTime, since ages and waiting times are told from the broker's clock"
              .formatted(plan.name(), stamped));
    }
    return new TopicFindings(problems, List.of(), List.of()).and(partitions(plan, partitions));
  }

  private static TopicFindings partitions(TopicPlan plan, int partitions) {
    return partitions >= plan.partitions()
        ? TopicFindings.NONE
        : TopicFindings.remark(
            "The topic %s has %d partitions and not kafka.partitions (%d): no more inference processes than that can share the work"
                .formatted(plan.name(), partitions, plan.partitions()));
  }

  private static void requireCompaction(
      TopicPlan plan, Map<String, String> settings, String otherwise, List<String> problems) {
    String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy == null || !policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      problems.add(
          "cleanup.policy of topic %s is %s: set it to %s, or %s"
              .formatted(
                  plan.name(),
                  policy,
                  plan.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG),
                  otherwise));
    }
  }

  private static void requireOnePartition(TopicPlan plan, int partitions, List<String> problems) {
    if (partitions != plan.partitions()) {
      problems.add(
          "The topic %s has %d partitions: it must have 1, or not everybody reads in the same order. Delete it and create it with: fieldmark topics --create"
              .formatted(plan.name(), partitions));
    }
  }

  private static void requirePlainDeletion(
      TopicPlan plan, Map<String, String> settings, List<String> problems) {
    String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!TopicConfig.CLEANUP_POLICY_DELETE.equals(policy)) {
      problems.add(
          "cleanup.policy of topic %s is %s: set it to delete, or records vanish when others come with their key"
              .formatted(plan.name(), policy));
    }
  }

  private void requireRetention(
      TopicPlan plan, Map<String, String> settings, List<String> problems) {
    String bytes = settings.get(TopicConfig.RETENTION_BYTES_CONFIG);
    if (!FOREVER.equals(bytes)) {
      problems.add(
          "retention.bytes of topic %s is %s: set it to -1, or records vanish when many come, however young they are"
              .formatted(plan.name(), bytes));
    }
    String millis = settings.get(TopicConfig.RETENTION_MS_CONFIG);
    Duration wanted = Duration.ofMillis(wanted(plan, TopicConfig.RETENTION_MS_CONFIG));
    if (millis != null && !FOREVER.equals(millis) && Long.parseLong(millis) < wanted.toMillis()) {
      problems.add(
          "retention.ms of topic %s (%s) is shorter than %s (%d ms): lengthen the one or shorten the other"
              .formatted(plan.name(), millis, retentionKey(plan), wanted.toMillis()));
    }
  }

  private String retentionKey(TopicPlan plan) {
    if (plan.name().equals(topics.photos())) {
      return "kafka.photo_retention";
    }
    return plan.name().equals(topics.results())
        ? "kafka.result_retention"
        : "kafka.dead_letter_retention";
  }

  private void requireRoom(TopicPlan plan, Map<String, String> settings, List<String> problems) {
    String largest = settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    long needed = TopicPlan.recordBytes(maxImageBytes);
    boolean holdsPhotos = !plan.name().equals(topics.results());
    if (holdsPhotos && largest != null && Long.parseLong(largest) < needed) {
      problems.add(
          "max.message.bytes of topic %s (%s) is too small for ingestion.max_image_bytes (%d) and %d bytes of headers: set the one to %d or more, or lower the other"
              .formatted(plan.name(), largest, maxImageBytes, KafkaConfig.HEADER_BYTES, needed));
    }
  }

  private static long wanted(TopicPlan plan, String setting) {
    return Long.parseLong(plan.settings().get(setting));
  }
}
