package io.fieldmark.dashboards;

import io.fieldmark.testing.DrawnImage;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A photo that looks as if it had ended two processes: the next one sets it aside. */
final class CrashedPhoto {
  /** As a process notes it at the broker before it tries a photo alone. */
  private static final String SECOND_ATTEMPT = "attempt:2";

  private CrashedPhoto() {}

  /**
   * Leaves it while no process of the group runs.
   *
   * @param cluster keys of the service
   */
  static void leave(Map<String, String> cluster, KafkaProducer<byte[], byte[]> producer)
      throws Exception {
    String topic = cluster.get("kafka.topic_prefix") + ".images";
    RecordMetadata stored =
        producer.send(new ProducerRecord<>(topic, DrawnImage.jpeg(96, 64))).get();
    OffsetAndMetadata note = new OffsetAndMetadata(stored.offset(), SECOND_ATTEMPT);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", cluster.get("kafka.bootstrap_servers")))) {
      admin
          .alterConsumerGroupOffsets(
              cluster.get("kafka.group"),
              Map.of(new TopicPartition(topic, stored.partition()), note))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }
}
