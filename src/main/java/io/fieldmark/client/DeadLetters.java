package io.fieldmark.client;

import io.fieldmark.transport.kafka.Access;
import io.fieldmark.transport.kafka.BrokerFailure;
import io.fieldmark.transport.kafka.DeadLetterFormat;
import io.fieldmark.transport.kafka.EventHeaders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The letters on their topic up to its present end. Which of them were put back stands beside them
 * on the topic: a note is written when the broker has the photo. A program that is killed between
 * the two puts the photo back once more the next time, under the same id: it is answered twice and
 * seen once.
 */
final class DeadLetters {
  private final WholeTopic topic;
  private final Clock clock;

  DeadLetters(WholeTopic topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  /** Those that were not put back yet, the oldest first. */
  List<DeadLetter> waiting() {
    Map<TopicPartition, Long> end = topic.end();
    topic.seek(topic.beginning());
    List<DeadLetter> letters = new ArrayList<>();
    Set<String> replayed = new HashSet<>();
    while (!topic.reached(end)) {
      for (ConsumerRecord<byte[], byte[]> record : topic.poll()) {
        DeadLetter.of(record).ifPresent(letters::add);
        EventHeaders headers = new EventHeaders(record.headers());
        if (headers.isType(EventHeaders.LETTER_REPLAYED)) {
          headers
              .number(EventHeaders.LETTER_OFFSET)
              .ifPresent(offset -> replayed.add(place(record.partition(), offset)));
        }
      }
    }
    return letters.stream()
        .filter(letter -> !replayed.contains(place(letter.partition(), letter.offset())))
        .sorted(Comparator.comparing(DeadLetter::storedAt))
        .toList();
  }

  private static String place(int partition, long offset) {
    return partition + ":" + offset;
  }

  /**
   * Puts the photos of these letters back, which have to be of this topic.
   *
   * @param done told of each when it is noted on the topic
   */
  void replay(
      List<DeadLetter> letters,
      String photosTopic,
      Producer<byte[], byte[]> producer,
      Consumer<String> done)
      throws InterruptedException {
    Set<String> wanted =
        letters.stream()
            .map(letter -> place(letter.partition(), letter.offset()))
            .collect(Collectors.toSet());
    Map<Integer, LongSummaryStatistics> offsets =
        letters.stream()
            .collect(
                Collectors.groupingBy(
                    DeadLetter::partition, Collectors.summarizingLong(DeadLetter::offset)));
    Map<TopicPartition, Long> ends = topic.end();
    topic.seek(ends);
    ends.keySet().removeIf(partition -> !offsets.containsKey(partition.partition()));
    topic.seek(
        WholeTopic.with(ends, (partition, end) -> offsets.get(partition.partition()).getMin()));
    Map<TopicPartition, Long> beyond =
        WholeTopic.with(ends, (partition, end) -> offsets.get(partition.partition()).getMax() + 1);
    while (!topic.reached(beyond)) {
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      topic
          .poll()
          .forEach(
              record -> {
                if (wanted.contains(place(record.partition(), record.offset()))) {
                  found.add(record);
                }
              });
      putBack(found, photosTopic, producer, done);
    }
  }

  private void putBack(
      List<ConsumerRecord<byte[], byte[]>> found,
      String photosTopic,
      Producer<byte[], byte[]> producer,
      Consumer<String> done)
      throws InterruptedException {
    acknowledged(
        producer,
        found.stream()
            .map(letter -> DeadLetterFormat.replay(photosTopic, letter, clock.instant()))
            .toList());
    acknowledged(
        producer,
        found.stream().map(letter -> DeadLetterFormat.replayed(letter, clock.instant())).toList());
    found.forEach(letter -> DeadLetter.of(letter).map(DeadLetter::id).ifPresent(done));
  }

  private static void acknowledged(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.flush();
    for (int i = 0; i < sent.size(); i++) {
      try {
        sent.get(i).get();
      } catch (ExecutionException failed) {
        throw switch (Access.write(records.get(i).topic()).explain(failed.getCause())) {
          case KafkaException known -> known;
          case BrokerFailure refused -> refused;
          case Throwable bug -> new IllegalStateException(bug);
        };
      }
    }
  }
}
