package io.fieldmark.transport.kafka;

import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Photos on their topic, fetched one by one by where they stand. Blocks; to be used by one thread
 * at a time.
 */
final class StoredPhotos implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final Duration patience;

  /**
   * @param properties of a reader of whole topics
   * @param patience after which the broker counts as away
   */
  StoredPhotos(Map<String, Object> properties, String topic, Duration patience) {
    // One batch for each fetch, however large: what follows the photo is not wanted.
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    properties.put(
        ConsumerConfig.CLIENT_ID_CONFIG,
        properties.get(ConsumerConfig.CLIENT_ID_CONFIG) + "-photos");
    this.consumer = new KafkaConsumer<>(properties);
    this.topic = topic;
    this.patience = patience;
  }

  /**
   * Empty when it is there no longer.
   *
   * @throws TimeoutException when the broker does not answer in time
   */
  Optional<ConsumerRecord<byte[], byte[]>> fetch(ImagePosition position) {
    TopicPartition partition = new TopicPartition(topic, position.partition());
    consumer.assign(List.of(partition));
    try {
      consumer.seek(partition, position.offset());
      long end = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          return Optional.of(record).filter(found -> found.offset() == position.offset());
        }
        // Where it stood nothing is left, and the broker says where something is.
        if (consumer.position(partition, POLL) != position.offset()) {
          return Optional.empty();
        }
      }
      throw new TimeoutException("The photo was not fetched within %s".formatted(patience));
    } finally {
      // Nothing is fetched for nobody.
      consumer.assign(List.of());
    }
  }

  String topic() {
    return topic;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
