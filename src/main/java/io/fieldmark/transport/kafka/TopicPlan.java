package io.fieldmark.transport.kafka;

import io.fieldmark.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What one of our topics is made with. How many replicas must have a record is the broker's
 * business.
 */
record TopicPlan(String name, int partitions, Map<String, String> settings) {
  static final String BROKERS_TIME = "LogAppendTime";

  private static final int DEFAULT_RECORD_BYTES = 1 << 20;
  private static final Duration WORKERS_SEGMENT = Duration.ofMinutes(1);

  /** Older segments are closed by the next record. */
  static final Duration LABELLED_SEGMENT = Duration.ofHours(1);

  /** Whole segments go when there are too many bytes: an eighth at a time. */
  private static final int SEGMENTS = 8;

  private static final long LARGEST_SEGMENT = 1L << 30;

  static List<TopicPlan> of(KafkaConfig config, long maxImageBytes) {
    KafkaConfig.Topics topics = config.topics();
    long largest = Math.max(recordBytes(maxImageBytes), DEFAULT_RECORD_BYTES);
    List<TopicPlan> plans = new ArrayList<>(always(topics, largest));
    topics
        .labelled()
        .map(labelled -> new TopicPlan(topics.labelledPhotos(), 1, lastPhotos(labelled, largest)))
        .ifPresent(plans::add);
    return plans;
  }

  private static List<TopicPlan> always(KafkaConfig.Topics topics, long largest) {
    int partitions = topics.partitions();
    return List.of(
        new TopicPlan(topics.photos(), partitions, kept(topics.photoRetention(), largest)),
        // As large as photos: a result hands the photo's key back, and that may have any length.
        new TopicPlan(topics.results(), partitions, kept(topics.resultRetention(), largest)),
        // As many partitions: on a bad day every photo becomes a dead letter.
        new TopicPlan(
            topics.deadLetters(), partitions, kept(topics.deadLetterRetention(), largest)),
        // One partition: what counts last is the same for everybody who reads it.
        new TopicPlan(topics.feedback(), 1, lastOfEach(topics.feedbackRetention())),
        new TopicPlan(topics.workers(), 1, compacted()));
  }

  static long recordBytes(long maxImageBytes) {
    return maxImageBytes + KafkaConfig.HEADER_BYTES;
  }

  private static Map<String, String> kept(Duration retention, long largest) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        Long.toString(retention.toMillis()),
        TopicConfig.RETENTION_BYTES_CONFIG,
        "-1",
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Long.toString(largest),
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        BROKERS_TIME);
  }

  private static Map<String, String> lastOfEach(Duration retention) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        Long.toString(retention.toMillis()),
        TopicConfig.RETENTION_BYTES_CONFIG,
        "-1",
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        BROKERS_TIME);
  }

  /**
   * The last photo of each id, as many as are to be kept. A photo that is taken back leaves the
   * broker within two hours: its segment is closed by the first record after an hour, at the latest
   * that of {@link SegmentCloser}, and is then old enough to be cleaned at once.
   */
  private static Map<String, String> lastPhotos(
      KafkaConfig.Topics.Labelled labelled, long largest) {
    Map<String, String> settings = new HashMap<>(lastOfEach(labelled.retention()));
    String hour = Long.toString(LABELLED_SEGMENT.toMillis());
    long segment = Math.clamp(labelled.bytes() / SEGMENTS, 2 * largest, LARGEST_SEGMENT);
    settings.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(labelled.bytes()));
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(largest));
    settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(segment));
    settings.put(TopicConfig.SEGMENT_MS_CONFIG, hour);
    settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, hour);
    settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, hour);
    settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.01");
    return settings;
  }

  /** Signs of life come every second: only the last of each process is of use. */
  private static Map<String, String> compacted() {
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    settings.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(WORKERS_SEGMENT.toMillis()));
    settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
    settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(WORKERS_SEGMENT.toMillis()));
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, BROKERS_TIME);
    return settings;
  }
}
