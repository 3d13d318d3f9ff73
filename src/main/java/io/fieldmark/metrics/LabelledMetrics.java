package io.fieldmark.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * What becomes of photos that are to be kept with their labels. Only where they are kept. Safe for
 * any thread.
 */
public final class LabelledMetrics {
  /** Nothing of a photo is kept any more, as somebody asked. */
  public static final String FORGOTTEN = "forgotten";

  private final MeterRegistry registry;

  /**
   * @param outcomes that are counted, from zero
   */
  public LabelledMetrics(MeterRegistry registry, Iterable<String> outcomes) {
    this.registry = registry;
    outcomes.forEach(this::photos);
    photos(FORGOTTEN);
  }

  public void counted(String outcome) {
    photos(outcome).increment();
  }

  private Counter photos(String outcome) {
    return Counter.builder("fieldmark.labelled.photos")
        .description("Photos that were to be kept with a label, or forgotten")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** Photos that a process which is alone holds, in memory and in its folder. */
  public static void registerFills(
      MeterRegistry registry,
      Supplier<Number> recent,
      long recentBound,
      Supplier<Number> stored,
      long storedBound) {
    gauge(registry, "recent.bytes", "Bytes of photos of recent answers, in memory", recent);
    gauge(registry, "recent.bytes.limit", "Bytes of recent photos at most", () -> recentBound);
    gauge(registry, "stored.bytes", "Bytes on the disk that labelled photos take", stored);
    gauge(registry, "stored.bytes.limit", "Bytes of labelled photos at most", () -> storedBound);
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, Supplier<Number> value) {
    Gauge.builder("fieldmark.labelled." + name, value).description(description).register(registry);
  }
}
