package io.fieldmark.quality;

import java.time.Duration;

/** How far back feedback counts. The longest one bounds for how long any is kept. */
public enum Window {
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1)),
  WEEK("7d", Duration.ofDays(7));

  private final String wireName;
  private final Duration length;

  Window(String wireName, Duration length) {
    this.wireName = wireName;
    this.length = length;
  }

  public String wireName() {
    return wireName;
  }

  public Duration length() {
    return length;
  }
}
