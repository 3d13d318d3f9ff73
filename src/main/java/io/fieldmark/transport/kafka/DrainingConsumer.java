package io.fieldmark.transport.kafka;

import io.fieldmark.metrics.TopicMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A consumer that commits what is answered as it polls, and that finishes and commits before it
 * lets partitions go. Vert.x's own commit holds the next poll up until the broker has answered; and
 * Vert.x only schedules its handler of revocations and returns, when it is too late for a commit:
 * therefore the listener is put in front of Vert.x's own here. All of it runs, and the listener may
 * block, on the consumer's thread.
 */
final class DrainingConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(DrainingConsumer.class);

  /** Between two commits: what a crash repeats at most, against what commits cost. */
  private static final long COMMIT_NANOS = 100_000_000;

  private static final int MOST_TRIES = 3;
  private static final Duration ENDS_PATIENCE = Duration.ofSeconds(2);

  private final String group;
  private final OwnedPartitions owned;
  private final Duration patience;
  private final TopicMetrics metrics;
  private long lastCommit = System.nanoTime();
  private int rebalances;

  DrainingConsumer(
      Map<String, Object> properties,
      OwnedPartitions owned,
      Duration patience,
      TopicMetrics metrics) {
    super(properties);
    this.group = (String) properties.get(ConsumerConfig.GROUP_ID_CONFIG);
    this.owned = owned;
    this.patience = patience;
    this.metrics = metrics;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (System.nanoTime() - lastCommit >= COMMIT_NANOS) {
      lastCommit = System.nanoTime();
      commitAnswered();
    }
    return super.poll(timeout);
  }

  private void commitAnswered() {
    Map<TopicPartition, OffsetAndMetadata> answered = owned.advanced();
    if (answered.isEmpty()) {
      return;
    }
    int before = rebalances;
    commitAsync(
        answered,
        (offsets, failure) -> {
          if (failure != null) {
            // Carried by the next one; usual while partitions change hands.
            Level level =
                failure instanceof RebalanceInProgressException ? Level.DEBUG : Level.WARN;
            LOG.atLevel(level).log("Offsets not committed yet: {}", failure.toString());
            metrics.retried("commit");
          } else if (before == rebalances) {
            owned.committed(offsets);
          }
        });
  }

  String group() {
    return group;
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener vertx) {
    super.subscribe(topics, new Listener(vertx));
  }

  private final class Listener implements ConsumerRebalanceListener {
    private final ConsumerRebalanceListener next;

    private Listener(ConsumerRebalanceListener next) {
      this.next = next;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        Map<TopicPartition, OffsetAndMetadata> before = before(partitions);
        owned.gain(
            partitions.stream()
                .collect(Collectors.toMap(p -> p, p -> Optional.ofNullable(before.get(p)))),
            ends(partitions));
        LOG.info("Partitions gained: {}", numbers(partitions));
        rebalanced();
      }
      next.onPartitionsAssigned(partitions);
    }

    /** Without them more photos run alone than need to. */
    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
      try {
        return endOffsets(partitions, ENDS_PATIENCE);
      } catch (KafkaException unknown) {
        LOG.warn("The ends of {} are not known: {}", numbers(partitions), unknown.toString());
        return Map.of();
      }
    }

    /** What cannot be known is taken for committed in order: nothing is lost by it. */
    private Map<TopicPartition, OffsetAndMetadata> before(Collection<TopicPartition> partitions) {
      for (int tries = MOST_TRIES; tries > 0; tries--) {
        try {
          return DrainingConsumer.this.committed(new HashSet<>(partitions));
        } catch (KafkaException unknown) {
          LOG.warn("How {} were left is not known: {}", numbers(partitions), unknown.toString());
        }
      }
      return Map.of();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        handOver(partitions);
        owned.lose(partitions);
        LOG.info("Partitions handed over: {}", numbers(partitions));
        rebalanced();
      }
      next.onPartitionsRevoked(partitions);
    }

    /** Somebody else has them already: a commit of ours could set the group back. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      owned.lose(partitions);
      LOG.warn("Partitions lost: {}", numbers(partitions));
      rebalanced();
      next.onPartitionsLost(partitions);
    }

    private void rebalanced() {
      rebalances++;
      metrics.rebalanced();
    }

    private void handOver(Collection<TopicPartition> partitions) {
      try {
        Map<TopicPartition, OffsetAndMetadata> offsets = owned.handOver(partitions, patience);
        if (!offsets.isEmpty()) {
          commitSync(offsets, patience);
        }
      } catch (KafkaException notCommitted) {
        LOG.warn(
            "Offsets not committed when partitions {} were taken; answers will be repeated",
            numbers(partitions),
            notCommitted);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Collection<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).sorted().toList();
  }
}
