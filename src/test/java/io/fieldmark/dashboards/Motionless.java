package io.fieldmark.dashboards;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queries that may return nothing but zeros where the tests run, each with its reason: keep it
 * short. Whether these would move is not shown.
 */
final class Motionless {
  private static final Map<String, String> ALL =
      Map.of(
          "Pipeline / How full the bounded collections are / B",
          "nobody listens to a live stream",
          "Kafka and scaling / Retries / A",
          "the broker takes and gives everything at once",
          "Kafka and scaling / Rebalances / A",
          "a process gets its partitions before it is scraped for the first time",
          "Kafka and scaling / Records sent / B",
          "the broker takes everything at once",
          "Kafka and scaling / Records sent / C",
          "the broker takes everything",
          "Kafka and scaling / Answered, not committed / A",
          "lasts for milliseconds; a scrape seldom meets it",
          "Kafka and scaling / Partitions with no room for more / A",
          "lasts for a second or two; a scrape may miss it",
          "Model quality / Share identified, against the reference / A",
          "the model is not sure of drawings");

  private Motionless() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  static Optional<String> reason(String query) {
    return Optional.ofNullable(ALL.get(query));
  }
}
