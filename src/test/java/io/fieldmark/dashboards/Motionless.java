package io.fieldmark.dashboards;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queries that return nothing but zeros where the tests run, each with its reason. */
final class Motionless {
  private static final Map<String, String> ALL = Map.of();

  private Motionless() {}

  static List<String> names() {
    return ALL.keySet().stream().sorted().toList();
  }

  static Optional<String> reason(String query) {
    return Optional.ofNullable(ALL.get(query));
  }
}
