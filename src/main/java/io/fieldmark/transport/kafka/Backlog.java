package io.fieldmark.transport.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the broker showed at one look.
 *
 * @param unanswered photos that have no committed answer
 * @param oldest when the oldest of them was stored; empty when there is none
 * @param retention how long photos are kept; empty when for ever
 */
record Backlog(
    Instant takenAt, long unanswered, Optional<Instant> oldest, Optional<Duration> retention) {
  static final Backlog UNKNOWN = new Backlog(Instant.EPOCH, 0, Optional.empty(), Optional.empty());

  Duration age(Instant now) {
    return oldest
        .map(since -> Duration.between(since, now))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  /** How long until retention takes the first unanswered photo. */
  Optional<Duration> timeLeft(Instant now) {
    return retention.map(kept -> kept.minus(age(now)));
  }

  /**
   * Photos wait so long that new ones might be lost: a fifth of the time that they are kept is
   * left.
   */
  boolean endangered(Instant now) {
    return retention
        .map(kept -> age(now).compareTo(kept.multipliedBy(4).dividedBy(5)) > 0)
        .orElse(false);
  }
}
