package io.fieldmark.client;

import io.fieldmark.config.KafkaConfig;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.SharedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics of one test, on the shared broker unless said otherwise, with a configuration that leads
 * clients there.
 */
record ClientTopics(
    Path folder, String brokers, String prefix, String config, KafkaConfig.Topics names) {
  static ClientTopics fresh(Path folder, String... lines) throws IOException, InterruptedException {
    return on(SharedBroker.bootstrapServers(), folder, lines);
  }

  private static ClientTopics on(String brokers, Path folder, String... lines) {
    String prefix = SharedBroker.freshPrefix() + "fieldmark";
    List<String> config = new ArrayList<>(Arrays.asList(lines));
    config.add("kafka.bootstrap_servers=" + brokers);
    config.add("kafka.topic_prefix=" + prefix);
    config.add("kafka.partitions=3");
    KafkaConfig.Topics names =
        Configs.with("kafka.topic_prefix", prefix, "kafka.partitions", "3").kafka().topics();
    return new ClientTopics(folder, brokers, prefix, String.join("\n", config), names);
  }

  static ClientTopics created(Path folder, String... lines)
      throws IOException, InterruptedException {
    return createdOn(SharedBroker.bootstrapServers(), folder, lines);
  }

  static ClientTopics createdOn(String brokers, Path folder, String... lines) throws IOException {
    ClientTopics topics = on(brokers, folder, lines);
    ClientRun created = topics.run("topics", "--create");
    if (created.exitCode() != 0) {
      throw new IllegalStateException(created.toString());
    }
    return topics;
  }

  ClientRun run(String... arguments) throws IOException {
    return ClientRun.of(folder, config, arguments);
  }

  /** Returns when the broker has them. */
  void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        Future<RecordMetadata> sent = producer.send(record);
        sent.get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** Everything that stands on a topic now. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        WholeTopic whole = new WholeTopic(consumer, topic)) {
      Map<TopicPartition, Long> end = whole.end();
      whole.seek(whole.beginning());
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (!whole.reached(end)) {
        whole.poll().forEach(records::add);
      }
      return records;
    }
  }
}
