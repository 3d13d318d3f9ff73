package io.fieldmark.testing.kafka;

/** Where bytes on their way through a {@link FaultProxy} go. */
public enum Direction {
  TO_BROKER,
  TO_CLIENT
}
