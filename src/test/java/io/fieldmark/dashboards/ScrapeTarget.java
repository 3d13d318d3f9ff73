package io.fieldmark.dashboards;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * @param address host:port, as Prometheus calls it
 * @param labels that Prometheus adds to all that is told there
 */
record ScrapeTarget(String address, Map<String, String> labels) {
  /** For {@code static_configs}. */
  String config() {
    String added =
        labels.entrySet().stream()
            .map(label -> "%s: '%s'".formatted(label.getKey(), label.getValue()))
            .collect(Collectors.joining(", "));
    return "{targets: ['%s'], labels: {%s}}".formatted(address, added);
  }
}
