package io.fieldmark.transport.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that finishes and commits before it lets partitions go. Vert.x only schedules its
 * handler of revocations and returns, when it is too late for a commit; therefore the listener is
 * put in front of Vert.x's own here. It runs, and may block, on the consumer's thread.
 */
final class DrainingConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(DrainingConsumer.class);

  private static final int MOST_TRIES = 3;
  private static final Duration ENDS_PATIENCE = Duration.ofSeconds(2);

  private final OwnedPartitions owned;
  private final Duration patience;
  private final Runnable rebalanced;

  DrainingConsumer(
      Map<String, Object> properties,
      OwnedPartitions owned,
      Duration patience,
      Runnable rebalanced) {
    super(properties);
    this.owned = owned;
    this.patience = patience;
    this.rebalanced = rebalanced;
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
        rebalanced.run();
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
        rebalanced.run();
      }
      next.onPartitionsRevoked(partitions);
    }

    /** Somebody else has them already: a commit of ours could set the group back. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      owned.lose(partitions);
      LOG.warn("Partitions lost: {}", numbers(partitions));
      rebalanced.run();
      next.onPartitionsLost(partitions);
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
