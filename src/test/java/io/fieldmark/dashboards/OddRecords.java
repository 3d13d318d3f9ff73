package io.fieldmark.dashboards;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.transport.kafka.PhotoFormat;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What comes to topics seldom or by accident, so that what counts it has something to count. */
final class OddRecords implements AutoCloseable {
  private static final byte[] PHOTO = DrawnImage.jpeg(96, 64);
  private static final int MANY = 300;

  /** As a process notes it at the broker before it tries a photo alone. */
  private static final String SECOND_ATTEMPT = "attempt:2";

  private final String photos;
  private final String results;
  private final String group;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;

  /**
   * @param cluster keys of the service
   */
  OddRecords(Map<String, String> cluster) {
    this.photos = cluster.get("kafka.topic_prefix") + ".images";
    this.results = cluster.get("kafka.topic_prefix") + ".predictions";
    this.group = cluster.get("kafka.group");
    Map<String, Object> brokers =
        Map.of("bootstrap.servers", cluster.get("kafka.bootstrap_servers"));
    this.producer =
        new KafkaProducer<>(brokers, new ByteArraySerializer(), new ByteArraySerializer());
    this.admin = Admin.create(brokers);
  }

  /**
   * One photo that looks as if it had ended two processes, so that the next one sets it aside, and
   * two that were deleted before anybody answered them. Only while no process of the group runs.
   */
  void whileNobodyReads() throws Exception {
    TopicPartition poisoned = new TopicPartition(photos, 0);
    TopicPartition expired = new TopicPartition(photos, 1);
    for (TopicPartition partition : new TopicPartition[] {poisoned, expired, expired, expired}) {
      producer.send(new ProducerRecord<>(photos, partition.partition(), null, PHOTO)).get();
    }
    admin
        .alterConsumerGroupOffsets(
            group,
            Map.of(
                poisoned,
                new OffsetAndMetadata(0, SECOND_ATTEMPT),
                expired,
                new OffsetAndMetadata(0)))
        .all()
        .get(30, TimeUnit.SECONDS);
    admin
        .deleteRecords(Map.of(expired, RecordsToDelete.beforeOffset(2)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  /** More photos than can be in work; none of their answers is waited for. */
  void burst() throws Exception {
    send(Collections.nCopies(MANY, new ProducerRecord<>(photos, PHOTO)));
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    for (Future<RecordMetadata> stored : records.stream().map(producer::send).toList()) {
      stored.get();
    }
  }

  /** A photo, another one twice under one id, what is no photo, and what is no result. */
  void some() throws Exception {
    RequestId id = RequestId.next(Instant.now());
    send(
        List.of(
            PhotoFormat.write(photos, id, PHOTO, "/test", Instant.now()),
            PhotoFormat.write(photos, id, PHOTO, "/test", Instant.now()),
            new ProducerRecord<>(photos, PHOTO),
            new ProducerRecord<>(photos, "none".getBytes(US_ASCII)),
            new ProducerRecord<>(results, "none".getBytes(US_ASCII))));
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
