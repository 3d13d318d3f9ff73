package io.fieldmark.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of a test, as somebody sees it who looks at it from outside of the program. */
record Topic(String bootstrapServers, String name, int partitions) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Creates it with the cluster's own replication factor. */
  static Topic create(String bootstrapServers, String name, int partitions) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) -1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return new Topic(bootstrapServers, name, partitions);
  }

  /**
   * Returns when all replicas in sync have all of them, each sent when the one before was there.
   *
   * @throws java.util.concurrent.ExecutionException when that does not come about in the given time
   */
  void send(Duration patience, String... values) throws Exception {
    int millis = (int) patience.toMillis();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, millis,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(name, value)).get();
      }
    }
  }

  /** Reads from the beginning until there are so many; those of a partition are in order. */
  List<String> read(int expected) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(name, i)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      List<String> values = new ArrayList<>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < expected) {
        assertThat(System.nanoTime()).as("%s, so far %s", name, values).isLessThan(end);
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }
}
