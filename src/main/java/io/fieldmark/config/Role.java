package io.fieldmark.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which tiers a process runs. */
public enum Role {
  /** Both, joined by the event bus of one JVM. */
  STANDALONE,
  /** Takes photos in and gives answers out; holds no model. */
  INGESTION,
  /** Answers what ingestion, or anyone, put on the topic; has no public port. */
  INFERENCE;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> named(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Role::wireName).collect(Collectors.joining(", "));
  }
}
