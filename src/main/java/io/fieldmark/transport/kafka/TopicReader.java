package io.fieldmark.transport.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of a topic, of no group, from a moment in the past on. Its start completes
 * when it has caught up with what stood there when it began, and fails when it may not read; from
 * then on records are told as they come, on this verticle's event loop, in the order of each
 * partition.
 */
final class TopicReader extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> properties;
  private final String topic;
  private final Optional<Instant> since;
  private final Consumer<ConsumerRecord<byte[], byte[]>> listener;
  private final Map<TopicPartition, Long> goals = new HashMap<>();
  private final Promise<Void> caughtUp = Promise.promise();
  private final Promise<Void> stopped = Promise.promise();
  private KafkaReadStream<byte[], byte[]> stream;
  private boolean stopping;
  private int failures;

  /**
   * @param since empty to read everything that is there
   */
  TopicReader(
      Map<String, Object> properties,
      String topic,
      Optional<Instant> since,
      Consumer<ConsumerRecord<byte[], byte[]>> listener) {
    this.properties = properties;
    this.topic = topic;
    this.since = since;
    this.listener = listener;
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> new KafkaConsumer<byte[], byte[]>(properties))
        .compose(this::read);
  }

  private Future<Void> read(KafkaConsumer<byte[], byte[]> consumer) {
    stream = KafkaReadStream.create(vertx, consumer);
    stream.exceptionHandler(told -> {});
    return positioned()
        .onSuccess(positioned -> poll())
        .compose(positioned -> caughtUp.future())
        .recover(failure -> Future.failedFuture(Access.read(topic).explain(failure)))
        .onFailure(failure -> stream.close());
  }

  private Future<Void> positioned() {
    return stream
        .partitionsFor(topic)
        .map(
            infos ->
                infos.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toSet()))
        .compose(partitions -> stream.assign(partitions).compose(done -> position(partitions)));
  }

  private Future<Void> position(Set<TopicPartition> partitions) {
    return stream
        .endOffsets(partitions)
        .compose(ends -> beginnings(partitions, ends).compose(begins -> seek(begins, ends)));
  }

  private Future<Map<TopicPartition, Long>> beginnings(
      Set<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    return since
        .map(
            moment ->
                stream
                    .offsetsForTimes(
                        partitions.stream()
                            .collect(Collectors.toMap(p -> p, p -> moment.toEpochMilli())))
                    .map(found -> orEnds(found, ends)))
        .orElseGet(() -> stream.beginningOffsets(partitions));
  }

  /** Where nothing is younger than the moment, reading begins at the end. */
  private static Map<TopicPartition, Long> orEnds(
      Map<TopicPartition, OffsetAndTimestamp> found, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                end ->
                    Optional.ofNullable(found.get(end.getKey()))
                        .map(OffsetAndTimestamp::offset)
                        .orElse(end.getValue())));
  }

  private Future<Void> seek(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
    List<Future<Void>> seeks = new ArrayList<>();
    begins.forEach(
        (partition, begin) -> {
          seeks.add(stream.seek(partition, begin));
          if (begin < ends.get(partition)) {
            goals.put(partition, ends.get(partition));
          }
        });
    return Future.all(seeks).mapEmpty();
  }

  private void poll() {
    if (stopping) {
      stopped.tryComplete();
      return;
    }
    stream
        .poll(POLL)
        .compose(
            records -> {
              records.forEach(this::tell);
              return lookAhead();
            })
        .onSuccess(
            done -> {
              failures = 0;
              poll();
            })
        .onFailure(
            failure -> {
              if (Access.read(topic).explain(failure) instanceof BrokerFailure refused
                  && caughtUp.tryFail(refused)) {
                return;
              }
              failures++;
              LOG.warn(
                  "Reading {} failed, trying again: {}", topic, Access.read(topic).tell(failure));
              vertx.setTimer(Backoff.millis(failures), again -> poll());
            });
  }

  /** A bug in what a record causes must not take the records behind it along. */
  private void tell(ConsumerRecord<byte[], byte[]> record) {
    try {
      listener.accept(record);
    } catch (RuntimeException bug) {
      LOG.error("{} offset {} of {} failed", record.partition(), record.offset(), topic, bug);
    }
  }

  private Future<Void> lookAhead() {
    if (caughtUp.future().isComplete()) {
      return Future.succeededFuture();
    }
    List<Future<Void>> looks =
        List.copyOf(goals.keySet()).stream()
            .map(
                partition ->
                    stream
                        .position(partition)
                        .<Void>map(
                            position -> {
                              goals.computeIfPresent(
                                  partition, (p, goal) -> position >= goal ? null : goal);
                              return null;
                            }))
            .toList();
    return Future.all(looks)
        .<Void>mapEmpty()
        .onSuccess(
            looked -> {
              if (goals.isEmpty()) {
                caughtUp.tryComplete();
              }
            });
  }

  @Override
  public Future<?> stop() {
    if (stream == null) {
      return Future.succeededFuture();
    }
    stopping = true;
    return stopped.future().compose(quiet -> stream.close());
  }
}
