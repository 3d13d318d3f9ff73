package io.fieldmark.transport.kafka;

import io.fieldmark.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What Kafka's own clients are made with: what our promises need, then whatever the operator set.
 */
public final class ClientProperties {
  private static final int BATCH_BYTES = 1 << 20;
  private static final int FEEDBACK_BATCH_BYTES = 16 << 10;
  private static final int FEEDBACK_BUFFER_BYTES = 1 << 20;
  private static final int HEARTBEAT_MILLIS = 500;
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(2);

  private final KafkaConfig config;
  private final long maxImageBytes;
  private final String clientId;

  /**
   * @param clientId by which the broker's operator finds this process
   */
  public ClientProperties(KafkaConfig config, long maxImageBytes, String clientId) {
    this.config = config;
    this.maxImageBytes = maxImageBytes;
    this.clientId = clientId;
  }

  /** A photo is acknowledged within the send timeout, or its upload fails. */
  public Map<String, Object> photoProducer() {
    int timeout = (int) config.sendTimeout().toMillis();
    Map<String, Object> properties = producer();
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout - 1));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(timeout, LONGEST_BLOCK.toMillis()));
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(64L << 20, 4 * maxImageBytes));
    properties.putAll(config.properties().producer());
    return properties;
  }

  public Map<String, Object> resultProducer() {
    Map<String, Object> properties = producer();
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
    properties.putAll(config.properties().producer());
    return properties;
  }

  /** As prompt as that of photos, apart from it, and for small records. */
  Map<String, Object> feedbackProducer() {
    Map<String, Object> properties = photoProducer();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-feedback");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, FEEDBACK_BATCH_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, FEEDBACK_BUFFER_BYTES);
    properties.putAll(config.properties().producer());
    return properties;
  }

  /** For a photo now and then, apart from those that are to be answered. */
  Map<String, Object> labelledProducer() {
    Map<String, Object> properties = photoProducer();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-labelled");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, FEEDBACK_BATCH_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * config.maxRequestBytes(maxImageBytes));
    properties.putAll(config.properties().producer());
    return properties;
  }

  private Map<String, Object> producer() {
    Map<String, Object> properties = common("producer");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Somebody waits for each, and under load they find company while requests are on their way.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int) config.maxRequestBytes(maxImageBytes));
    return properties;
  }

  /** The group's consumer of photos. */
  public Map<String, Object> photoConsumer() {
    Map<String, Object> properties = consumer();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, config.groupProtocol());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // Half of what may be in work, so that a poll never brings more than there is room for.
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.max(1, config.maxInflight() / 2));
    if (config.groupProtocol().equals("classic")) {
      properties.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
      properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
    }
    properties.putAll(config.properties().consumer());
    return properties;
  }

  /** A reader of whole topics, of no group. */
  public Map<String, Object> reader() {
    Map<String, Object> properties = consumer();
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
    properties.putAll(config.properties().consumer());
    return properties;
  }

  private Map<String, Object> consumer() {
    Map<String, Object> properties = common("consumer");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        (int) Math.max(1L << 20, config.maxRequestBytes(maxImageBytes)));
    return properties;
  }

  public Map<String, Object> admin() {
    Map<String, Object> properties = common("admin");
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    properties.putAll(config.properties().admin());
    return properties;
  }

  private Map<String, Object> common(String kind) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-" + kind);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return properties;
  }
}
