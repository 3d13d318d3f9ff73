package io.fieldmark.transport.kafka;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: twice as long each time, and never all at once. */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;
  private static final int MOST_DOUBLINGS = 6;

  private Backoff() {}

  /**
   * @param failures so far, at least 1
   */
  static long millis(int failures) {
    long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}
