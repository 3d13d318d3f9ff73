package io.fieldmark.chaos;

import io.fieldmark.config.KafkaConfig;
import io.fieldmark.transport.kafka.ResultFormat;
import io.fieldmark.transport.kafka.ResultRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Everything that stands on the topics of results and dead letters, read from their beginning as
 * any client could.
 */
final class ResultTopics implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String letters;
  private final Map<String, List<Seen>> byId = new HashMap<>();
  private final Map<Place, String> idByPlace = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
  private int records;
  private int unreadable;

  /**
   * @param key that the photo's own producer gave it, empty when it was our id
   */
  record Seen(ResultRecord result, String key, String json) {}

  ResultTopics(String bootstrapServers, KafkaConfig.Topics topics) {
    this.letters = topics.deadLetters();
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 500),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        Stream.of(topics.results(), letters)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Reads on for so long. */
  void read(Duration time) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(time)) {
      if (record.topic().equals(letters)) {
        deadLetters.add(record);
      } else {
        records++;
        ResultFormat.read(record).ifPresentOrElse(result -> add(record, result), this::strange);
      }
    }
  }

  private void strange() {
    unreadable++;
  }

  private void add(ConsumerRecord<byte[], byte[]> record, ResultRecord result) {
    String id = result.result().id().toString();
    Header key = record.headers().lastHeader("imagekey");
    byId.computeIfAbsent(id, first -> new ArrayList<>())
        .add(
            new Seen(
                result,
                key == null || key.value() == null
                    ? ""
                    : new String(key.value(), StandardCharsets.UTF_8),
                new String(record.value(), StandardCharsets.UTF_8)));
    result
        .image()
        .ifPresent(image -> idByPlace.put(new Place(image.partition(), image.offset()), id));
  }

  /** All results of an id, in their order. */
  List<Seen> of(String id) {
    return byId.getOrDefault(id, List.of());
  }

  Map<String, List<Seen>> all() {
    return byId;
  }

  /** The id under which the photo at this place was answered. */
  Optional<String> idOf(Place place) {
    return Optional.ofNullable(idByPlace.get(place));
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return deadLetters;
  }

  int records() {
    return records;
  }

  /** Records that nobody should have written. */
  int unreadable() {
    return unreadable;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
