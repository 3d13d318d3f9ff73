package io.fieldmark.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The signals for scaling inference and for the promise that nothing is lost, as the ingestion tier
 * sees them. Every instance tells the same; take the maximum, never the sum.
 */
public final class BacklogMetrics {
  private final MeterRegistry registry;

  public BacklogMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param drain how long the backlog takes at measured speed; not a number while none is known
   * @param timeLeft until retention takes the first unanswered photo; infinite without retention
   */
  public void register(
      String topic,
      String group,
      Supplier<Number> unanswered,
      Supplier<Duration> age,
      Supplier<Optional<Duration>> drain,
      Supplier<Optional<Duration>> timeLeft,
      Supplier<Number> imbalance) {
    Tags tags = Tags.of("topic", topic, "group", group);
    gauge("fieldmark.backlog.photos", "Photos without a committed answer", tags, unanswered);
    gauge(
        "fieldmark.backlog.seconds",
        "Age of the oldest photo that is not answered",
        tags,
        () -> seconds(age.get()));
    gauge(
        "fieldmark.backlog.drain.seconds",
        "How long the backlog takes at measured speed",
        tags,
        () -> drain.get().map(BacklogMetrics::seconds).orElse(Double.NaN));
    gauge(
        "fieldmark.retention.left.seconds",
        "Until retention takes the first unanswered photo",
        tags,
        () -> timeLeft.get().map(BacklogMetrics::seconds).orElse(Double.POSITIVE_INFINITY));
    gauge(
        "fieldmark.ledger.imbalance",
        "Committed offsets with neither result nor dead letter",
        tags,
        imbalance);
  }

  /** A bounded collection: how many entries, and how many at most. */
  public void registerFill(String what, Supplier<Number> entries, long bound) {
    gauge("fieldmark." + what, "Entries", Tags.empty(), entries);
    gauge("fieldmark." + what + ".limit", "Entries at most", Tags.empty(), () -> bound);
  }

  private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
