package io.fieldmark.transport.kafka;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far the photos of one partition are answered. The metadata of a commit tells the next owner
 * how this one ended: nothing when it left in order, {@link #WORKING} while photos may be in work,
 * and the number of attempts at the photo at the committed offset when that runs alone. Confined to
 * whoever holds it.
 */
final class PartitionProgress {
  private static final String WORKING = "working";
  private static final String ATTEMPT = "attempt:";
  private static final String IN_ORDER = "";

  private static final OffsetAndMetadata NOTHING = new OffsetAndMetadata(Long.MAX_VALUE);

  private final int ownership;
  private final ArrayDeque<Long> begun = new ArrayDeque<>();
  private final Set<Long> finished = new HashSet<>();
  private final long suspectFrom;
  private final long suspectUntil;
  private final int attempts;
  private OffsetAndMetadata noted = NOTHING;
  private boolean read;
  private boolean marked;
  private long next;
  private long committed;

  /**
   * @param ownership tells this time of owning the partition from all others
   * @param before what the last owner committed
   * @param window photos that an owner may have had in work when it ended without order
   * @param end of the partition now; what is stored later no earlier owner ever had
   */
  PartitionProgress(int ownership, Optional<OffsetAndMetadata> before, int window, long end) {
    this.ownership = ownership;
    String metadata = before.map(OffsetAndMetadata::metadata).orElse(IN_ORDER);
    this.next = before.map(OffsetAndMetadata::offset).orElse(0L);
    this.committed = next;
    this.suspectFrom = next;
    this.suspectUntil = metadata.isEmpty() ? next : Math.min(next + window, end);
    this.attempts = attempts(metadata);
  }

  private static int attempts(String metadata) {
    String count = metadata.startsWith(ATTEMPT) ? metadata.substring(ATTEMPT.length()) : "";
    return count.matches("[0-9]{1,4}") ? Integer.parseInt(count) : 0;
  }

  int ownership() {
    return ownership;
  }

  /** Whether this photo may have ended a process. */
  boolean suspect(long offset) {
    return offset < suspectUntil;
  }

  /** How often this photo was already tried alone, by processes that ended while they did. */
  int attempts(long offset) {
    return offset == suspectFrom ? attempts : 0;
  }

  /**
   * Photos were read; what lies before the first that ever was, is not on the topic any more.
   *
   * @param firstOffset of those that were read now
   */
  void read(long firstOffset) {
    if (!read) {
      read = true;
      next = Math.max(next, firstOffset);
    }
  }

  /**
   * What is to be committed before the first photo is begun; empty when that is done. Where photos
   * are suspect, the last owner's note stands until an attempt is noted.
   */
  Optional<OffsetAndMetadata> mark() {
    return marked || suspect(next)
        ? Optional.empty()
        : Optional.of(new OffsetAndMetadata(next, WORKING));
  }

  /** What is to be committed before a photo is tried alone; stands until that photo is finished. */
  OffsetAndMetadata attempt(long offset, int attempt) {
    noted = new OffsetAndMetadata(offset, ATTEMPT + attempt);
    return noted;
  }

  void begin(long offset) {
    begun.add(offset);
    next = begun.peek();
  }

  /** Its result is acknowledged by the broker. */
  void finish(long offset) {
    finished.add(offset);
    while (!begun.isEmpty() && finished.remove(begun.peek())) {
      next = begun.remove() + 1;
    }
  }

  boolean idle() {
    return begun.isEmpty();
  }

  int uncommitted() {
    return finished.size();
  }

  /**
   * The end of the contiguous prefix, when it is beyond what is committed. At a photo that runs
   * alone the note of its attempt stands already, or is on its way, and must not be written over.
   */
  Optional<OffsetAndMetadata> advanced() {
    return next > committed && next != noted.offset()
        ? Optional.of(new OffsetAndMetadata(next, WORKING))
        : Optional.empty();
  }

  void committed(long offset) {
    marked = true;
    committed = Math.max(committed, offset);
  }

  /** What the next owner is to find; empty when nothing was ever begun. */
  Optional<OffsetAndMetadata> handOver() {
    if (!marked && idle() && next == committed) {
      return Optional.empty();
    }
    String unfinished = next == noted.offset() ? noted.metadata() : WORKING;
    boolean inOrder = idle() && !suspect(next);
    return Optional.of(new OffsetAndMetadata(next, inOrder ? IN_ORDER : unfinished));
  }
}
