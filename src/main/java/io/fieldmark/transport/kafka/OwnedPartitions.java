package io.fieldmark.transport.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that this process answers now. Shared by the event loop, which begins and finishes
 * photos, and the consumer's thread, which gains and loses partitions.
 */
final class OwnedPartitions {
  private final int window;
  private final Map<TopicPartition, PartitionProgress> owned = new HashMap<>();
  private final Set<TopicPartition> leaving = new HashSet<>();
  private int ownerships;

  /**
   * @param window photos of one partition that may be in work at a time
   */
  OwnedPartitions(int window) {
    this.window = window;
  }

  /**
   * @param ends of the partitions now, where they are known
   */
  synchronized void gain(
      Map<TopicPartition, Optional<OffsetAndMetadata>> committed, Map<TopicPartition, Long> ends) {
    leaving.removeAll(committed.keySet());
    committed.forEach(
        (partition, before) -> {
          long end = ends.getOrDefault(partition, Long.MAX_VALUE);
          owned.put(partition, new PartitionProgress(++ownerships, before, window, end));
        });
  }

  synchronized void lose(Collection<TopicPartition> partitions) {
    partitions.forEach(owned::remove);
    leaving.removeAll(partitions);
    notifyAll();
  }

  /**
   * Begins nothing more in these partitions and waits, on a thread that may block, until what was
   * begun is finished, but no longer than the patience.
   *
   * @return what to commit for the next owner
   */
  synchronized Map<TopicPartition, OffsetAndMetadata> handOver(
      Collection<TopicPartition> partitions, Duration patience) throws InterruptedException {
    leaving.addAll(partitions);
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (left > 0 && !idle(partitions)) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      progress(partition)
          .flatMap(PartitionProgress::handOver)
          .ifPresent(offset -> offsets.put(partition, offset));
    }
    return offsets;
  }

  private boolean idle(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .allMatch(partition -> progress(partition).map(PartitionProgress::idle).orElse(true));
  }

  private Optional<PartitionProgress> progress(TopicPartition partition) {
    return Optional.ofNullable(owned.get(partition));
  }

  /** Tells this time of owning a partition from all others; empty when it is not ours. */
  synchronized OptionalInt ownership(TopicPartition partition) {
    PartitionProgress mine = owned.get(partition);
    return mine == null || leaving.contains(partition)
        ? OptionalInt.empty()
        : OptionalInt.of(mine.ownership());
  }

  /** Whether photos that were read in this ownership may still be begun. */
  synchronized boolean holds(TopicPartition partition, int ownership) {
    OptionalInt now = ownership(partition);
    return now.isPresent() && now.getAsInt() == ownership;
  }

  /** False when the partition has left since the photo was read. */
  synchronized boolean begin(TopicPartition partition, int ownership, long offset) {
    boolean held = holds(partition, ownership);
    if (held) {
      owned.get(partition).begin(offset);
    }
    return held;
  }

  /** Nothing happens when the partition has left since the photo was begun. */
  synchronized void finish(TopicPartition partition, int ownership, long offset) {
    progress(partition)
        .filter(mine -> mine.ownership() == ownership)
        .ifPresent(mine -> mine.finish(offset));
    notifyAll();
  }

  synchronized boolean suspect(TopicPartition partition, long offset) {
    return progress(partition).map(mine -> mine.suspect(offset)).orElse(false);
  }

  synchronized int attempts(TopicPartition partition, long offset) {
    return progress(partition).map(mine -> mine.attempts(offset)).orElse(0);
  }

  /** What is to be committed before a photo is tried alone; empty when it is not ours any more. */
  synchronized Map<TopicPartition, OffsetAndMetadata> attempt(
      TopicPartition partition, int ownership, long offset, int attempt) {
    return holds(partition, ownership)
        ? Map.of(partition, owned.get(partition).attempt(offset, attempt))
        : Map.of();
  }

  /**
   * Photos were read.
   *
   * @param firstOffsets of each partition that some were read of
   * @return what is to be committed before the first of them is begun
   */
  synchronized Map<TopicPartition, OffsetAndMetadata> read(Map<TopicPartition, Long> firstOffsets) {
    Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
    firstOffsets.forEach(
        (partition, offset) ->
            progress(partition)
                .ifPresent(
                    mine -> {
                      mine.read(offset);
                      mine.mark().ifPresent(mark -> marks.put(partition, mark));
                    }));
    return marks;
  }

  /** Ends of contiguous answered prefixes that are not committed yet. */
  synchronized Map<TopicPartition, OffsetAndMetadata> advanced() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    owned.forEach(
        (partition, mine) -> mine.advanced().ifPresent(offset -> offsets.put(partition, offset)));
    return offsets;
  }

  synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) ->
            progress(partition).ifPresent(mine -> mine.committed(offset.offset())));
  }

  synchronized Set<TopicPartition> assignment() {
    return Set.copyOf(owned.keySet());
  }

  /** Answered photos behind one that is not. */
  synchronized int uncommitted() {
    return owned.values().stream().mapToInt(PartitionProgress::uncommitted).sum();
  }
}
