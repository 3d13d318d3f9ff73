package io.fieldmark.client;

import io.fieldmark.transport.kafka.ResultFormat;
import io.fieldmark.transport.kafka.ResultRecord;
import io.fieldmark.transport.kafka.VisibleResults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the visible results from a position on. Which results are visible depends on those before
 * them: reading begins so far before the position as duplicates are noticed at all.
 */
final class ResultReading {
  private static final int REMEMBERED = 1_000_000;

  private final WholeTopic topic;
  private final VisibleResults visible = new VisibleResults(REMEMBERED);
  private final Map<TopicPartition, Long> shownFrom;

  ResultReading(WholeTopic topic, Map<TopicPartition, Long> from) {
    this.topic = topic;
    Map<TopicPartition, Long> beginning = topic.beginning();
    Map<TopicPartition, Long> end = topic.end();
    long behind = REMEMBERED / Math.max(1, beginning.size());
    this.shownFrom =
        WholeTopic.with(
            beginning,
            (partition, oldest) ->
                Math.clamp(from.getOrDefault(partition, oldest), oldest, end.get(partition)));
    topic.seek(
        WholeTopic.with(
            beginning, (partition, oldest) -> Math.max(oldest, shownFrom.get(partition) - behind)));
  }

  /** The lines of what has come. */
  List<String> next() {
    return StreamSupport.stream(topic.poll().spliterator(), false)
        .flatMap(record -> line(record).stream())
        .toList();
  }

  private Optional<String> line(ConsumerRecord<byte[], byte[]> record) {
    Optional<ResultRecord> result = ResultFormat.read(record).filter(visible::see);
    long from = shownFrom.get(new TopicPartition(record.topic(), record.partition()));
    return record.offset() < from
        ? Optional.empty()
        : result.map(shown -> ResultLine.of(record, shown));
  }

  /** Up to where everything was told. */
  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>(topic.positions());
    positions.replaceAll((partition, position) -> Math.max(position, shownFrom.get(partition)));
    return positions;
  }
}
