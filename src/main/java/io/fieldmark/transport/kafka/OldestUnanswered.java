package io.fieldmark.transport.kafka;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Since when the oldest unanswered photo waits. Kafka tells the first offset of a moment, not the
 * moment of an offset, and reading the record itself would move megabytes; so the moment is closed
 * in on by halving, and what is known is kept from look to look. Confined to one thread.
 */
final class OldestUnanswered {
  private static final long CLOSE_ENOUGH_MILLIS = 250;
  private static final int MOST_ROUNDS = 8;

  private final BrokerOffsets offsets;
  private final String topic;
  private final Map<Integer, Bracket> brackets = new HashMap<>();

  /** The photo at this offset was stored between the two moments, in epoch milliseconds. */
  private record Bracket(long offset, long low, long high) {
    boolean closed() {
      return high - low <= CLOSE_ENOUGH_MILLIS;
    }

    long middle() {
      return low + (high - low) / 2;
    }
  }

  OldestUnanswered(BrokerOffsets offsets, String topic) {
    this.offsets = offsets;
    this.topic = topic;
  }

  /**
   * @param unanswered the first unanswered offset of each partition that has one
   * @param furthest how old a photo can be
   * @return epoch milliseconds, never earlier than true; empty when nothing is unanswered
   */
  Future<OptionalLong> storedAt(Map<Integer, Long> unanswered, long nowMillis, Duration furthest) {
    brackets.keySet().retainAll(unanswered.keySet());
    unanswered.forEach(
        (partition, offset) ->
            brackets.merge(
                partition,
                new Bracket(offset, nowMillis - furthest.toMillis(), nowMillis),
                (known, fresh) -> moved(known, fresh)));
    return closeIn(MOST_ROUNDS).map(done -> oldest());
  }

  /** A later offset was stored no earlier; the same is known already. */
  private static Bracket moved(Bracket known, Bracket fresh) {
    if (known.offset() == fresh.offset()) {
      return known;
    }
    return known.offset() < fresh.offset()
        ? new Bracket(fresh.offset(), known.low(), fresh.high())
        : fresh;
  }

  private OptionalLong oldest() {
    return brackets.values().stream().mapToLong(Bracket::high).min();
  }

  private Future<Void> closeIn(int rounds) {
    Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
    brackets.forEach(
        (partition, bracket) -> {
          if (!bracket.closed()) {
            questions.put(
                new TopicPartition(topic, partition), OffsetSpec.forTimestamp(bracket.middle()));
          }
        });
    if (questions.isEmpty() || rounds == 0) {
      return Future.succeededFuture();
    }
    return offsets
        .list(questions)
        .compose(
            found -> {
              found.forEach((partition, offset) -> narrow(partition.partition(), offset));
              return closeIn(rounds - 1);
            });
  }

  /**
   * @param first offset that was stored at the bracket's middle or later, negative when there is
   *     none
   */
  private void narrow(int partition, long first) {
    brackets.computeIfPresent(
        partition,
        (p, bracket) ->
            first >= 0 && first <= bracket.offset()
                ? new Bracket(bracket.offset(), bracket.middle(), bracket.high())
                : new Bracket(bracket.offset(), bracket.low(), bracket.middle()));
  }
}
