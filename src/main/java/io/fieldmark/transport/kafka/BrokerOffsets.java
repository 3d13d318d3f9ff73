package io.fieldmark.transport.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** What the broker itself says of topics and groups, whoever lives. Completes on one context. */
final class BrokerOffsets {
  private static final String RETENTION = "retention.ms";

  private final Admin admin;
  private final Context context;

  BrokerOffsets(Vertx vertx, Admin admin) {
    this.admin = admin;
    this.context = vertx.getOrCreateContext();
  }

  /** Its id tells a topic from a later one of the same name. */
  Future<TopicDescription> describe(String topic) {
    return future(Access.describe(topic), admin.describeTopics(Set.of(topic)).allTopicNames())
        .map(topics -> topics.get(topic));
  }

  /** Empty when the topic keeps its records for ever. */
  Future<Optional<Duration>> retention(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return future(Access.describeConfigs(topic), admin.describeConfigs(Set.of(resource)).all())
        .map(
            configs ->
                Optional.ofNullable(configs.get(resource).get(RETENTION))
                    .map(ConfigEntry::value)
                    .map(Long::valueOf)
                    .filter(millis -> millis >= 0)
                    .map(Duration::ofMillis));
  }

  Future<Map<TopicPartition, Long>> list(Set<TopicPartition> partitions, OffsetSpec spec) {
    return list(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)));
  }

  /** Negative where there is no such offset. */
  Future<Map<TopicPartition, Long>> list(Map<TopicPartition, OffsetSpec> questions) {
    return future(
            Access.describe(
                questions.keySet().stream().map(TopicPartition::topic).findFirst().orElse("")),
            admin.listOffsets(questions).all())
        .map(
            found ->
                found.entrySet().stream()
                    .collect(
                        Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset())));
  }

  /** Of the partitions that the group has committed anything of. */
  Future<Map<TopicPartition, Long>> committed(String group) {
    return future(
            Access.describeGroup(group),
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .map(
            found -> {
              Map<TopicPartition, Long> offsets = new HashMap<>();
              found.forEach(
                  (partition, offset) ->
                      Optional.ofNullable(offset)
                          .map(OffsetAndMetadata::offset)
                          .ifPresent(committed -> offsets.put(partition, committed)));
              return offsets;
            });
  }

  private <T> Future<T> future(Access access, KafkaFuture<T> future) {
    return Future.fromCompletionStage(future.toCompletionStage(), context)
        .recover(failure -> Future.failedFuture(access.explain(failure)));
  }
}
