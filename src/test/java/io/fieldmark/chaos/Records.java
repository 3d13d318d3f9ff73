package io.fieldmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.KafkaConfig;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records on the photos' topic, one by one, and waits for what becomes of each. */
final class Records implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final KafkaConfig config;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;
  private final ResultTopics topics;

  Records(KafkaConfig config) {
    this.config = config;
    Map<String, Object> properties = Map.of("bootstrap.servers", config.bootstrapServers());
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.admin = Admin.create(properties);
    this.topics = new ResultTopics(config.bootstrapServers(), config.topics());
  }

  Place send(ProducerRecord<byte[], byte[]> record) throws Exception {
    RecordMetadata stored = producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return new Place(stored.partition(), stored.offset());
  }

  /** Without headers and key. */
  Place send(int partition, byte[] value) throws Exception {
    return send(new ProducerRecord<>(config.topics().photos(), partition, null, value));
  }

  /** The first result of the photo at this place. */
  ResultTopics.Seen answer(Place place) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (topics.idOf(place).isEmpty()) {
      assertThat(System.nanoTime()).as("no answer to %s", place).isLessThan(end);
      topics.read(LOOK);
    }
    List<ResultTopics.Seen> all = topics.of(topics.idOf(place).get());
    return all.stream()
        .filter(
            seen ->
                seen.result()
                    .image()
                    .filter(image -> new Place(image.partition(), image.offset()).equals(place))
                    .isPresent())
        .findFirst()
        .orElseThrow();
  }

  /** The reason of the refusal; empty for a prediction. */
  String reason(Place place) {
    return switch (answer(place).result().result()) {
      case Prediction prediction -> "";
      case Rejection rejection -> rejection.reason().wireName();
    };
  }

  /** What the group has committed, which tells what its workers are about. */
  Optional<OffsetAndMetadata> committed(int partition) throws Exception {
    return Optional.ofNullable(
        admin
            .listConsumerGroupOffsets(config.group())
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(config.topics().photos(), partition)));
  }

  void deletePhotosTopic() throws Exception {
    admin
        .deleteTopics(List.of(config.topics().photos()))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  ResultTopics topics() {
    return topics;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    topics.close();
  }
}
