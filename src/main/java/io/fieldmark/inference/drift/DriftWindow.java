package io.fieldmark.inference.drift;

/** The cells of the last answers, and how many are in each. Safe for any thread. */
final class DriftWindow {
  private final int[] ring;
  private final long[] counts;
  private int held;
  private int next;

  DriftWindow(int size, int cells) {
    this.ring = new int[size];
    this.counts = new long[cells];
  }

  /**
   * Forgets the oldest answer when it is full.
   *
   * @return how many answers it holds now
   */
  synchronized int add(int cell) {
    if (held == ring.length) {
      counts[ring[next]]--;
    } else {
      held++;
    }
    ring[next] = cell;
    counts[cell]++;
    next = (next + 1) % ring.length;
    return held;
  }

  synchronized int held() {
    return held;
  }

  synchronized long[] counts() {
    return counts.clone();
  }
}
