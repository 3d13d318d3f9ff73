package io.fieldmark.transport.kafka;

import io.fieldmark.domain.RequestId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which result of an id everybody sees: the first by offset, unless that was the refusal of a dead
 * letter and the photo was answered later. At-least-once work becomes one visible result here.
 * Written by one thread; the size may be asked for by any.
 */
final class VisibleResults {
  private final int bound;
  private final Map<RequestId, Boolean> deadLettered = new LinkedHashMap<>();
  private volatile int size;

  /**
   * @param bound ids that are remembered; a duplicate that comes after so many others is not
   *     noticed
   */
  VisibleResults(int bound) {
    this.bound = bound;
  }

  /** Whether this record's result is the visible one from now on. */
  boolean see(ResultRecord record) {
    RequestId id = record.result().id();
    Boolean before = deadLettered.get(id);
    boolean visible = before == null || (before && record.replayed());
    if (visible) {
      deadLettered.put(id, record.deadLettered());
      forgetOldest();
    }
    return visible;
  }

  private void forgetOldest() {
    if (deadLettered.size() > bound) {
      Iterator<RequestId> oldest = deadLettered.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    size = deadLettered.size();
  }

  int size() {
    return size;
  }

  int bound() {
    return bound;
  }
}
