package io.fieldmark.config;

import java.nio.file.Path;

/**
 * Whether photos that somebody told the label of are kept, where, and how much of them.
 *
 * @param folder of one process alone; several that share Kafka keep them on a topic
 * @param maxRecentBytes of photos that one process alone holds, so that feedback finds them
 */
public record LabelledConfig(
    boolean stored, Path folder, long maxStoredBytes, long maxRecentBytes) {
  public LabelledConfig {
    new Checks()
        .atLeast("feedback.max_stored_bytes", 1, maxStoredBytes)
        .atLeast("feedback.max_recent_bytes", 1, maxRecentBytes)
        .verify();
  }

  /** The largest photo that fits everywhere. */
  long smallest() {
    return Math.min(maxStoredBytes, maxRecentBytes);
  }
}
