package io.fieldmark.client;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds a sender to a steady rate; one that fell behind does not catch up in a burst. */
final class Pace {
  private static final double NANOS = 1e9;

  private final long stepNanos;
  private final LongSupplier nanoTime;
  private long next;

  /**
   * @param perSecond 0 for as fast as it goes
   */
  Pace(double perSecond, LongSupplier nanoTime) {
    this.stepNanos = perSecond > 0 ? (long) (NANOS / perSecond) : 0;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** How long the next one has to wait, which takes its turn by asking. */
  long waitNanos() {
    long now = nanoTime.getAsLong();
    long wait = Math.max(0, next - now);
    next = now + wait + stepNanos;
    return wait;
  }

  void await() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(waitNanos());
  }
}
