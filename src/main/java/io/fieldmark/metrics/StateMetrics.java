package io.fieldmark.metrics;

import io.fieldmark.domain.LifecycleState;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.transport.InferenceCapacity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gauges: how full, how busy and in which state the program is whenever somebody looks. */
public final class StateMetrics {
  private final MeterRegistry registry;

  public StateMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  public void registerCapacity(Supplier<InferenceCapacity> capacity) {
    queue("fieldmark.queue.depth", "Requests that wait for a worker", capacity, c -> c.waiting());
    queue("fieldmark.queue.capacity", "Places in the queue", capacity, c -> c.bound());
    queue(
        "fieldmark.queue.oldest.age.seconds",
        "How long the oldest waiting request has waited",
        capacity,
        c -> seconds(c.oldestWaiting()));
    gauge("fieldmark.workers", "Workers that are ready", () -> capacity.get().workers());
    gauge("fieldmark.workers.busy", "Workers that are busy", () -> capacity.get().busyWorkers());
  }

  private void queue(
      String name,
      String description,
      Supplier<InferenceCapacity> capacity,
      ToDoubleFunction<InferenceCapacity> value) {
    Gauge.builder(name, () -> value.applyAsDouble(capacity.get()))
        .description(description)
        .tag("queue", "inference")
        .register(registry);
  }

  /** Requests and bytes that the edge has let in and not yet answered. */
  public void registerInflight(
      Supplier<Number> requests, long maxRequests, Supplier<Number> bytes, long maxBytes) {
    inflight("fieldmark.inflight", "Requests not yet answered", requests);
    inflight(
        "fieldmark.inflight.limit",
        "Requests at which further ones are refused",
        () -> maxRequests);
    inflight("fieldmark.inflight.bytes", "Bytes of images not yet answered", bytes);
    inflight(
        "fieldmark.inflight.bytes.limit",
        "Bytes at which further ones are refused",
        () -> maxBytes);
  }

  private void inflight(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(description)
        .tag("stage", "ingestion")
        .register(registry);
  }

  /**
   * Uploads between their first byte and the moment from which they are safe: what ingestion works
   * on, however slow inference is.
   */
  public void registerUnacknowledged(Supplier<Number> uploads) {
    gauge("fieldmark.uploads.unacknowledged", "Uploads neither stored nor answered yet", uploads);
  }

  /** A bounded collection of the ingestion tier: how many entries, and how many at most. */
  public void registerFill(String what, Supplier<Number> entries, long bound) {
    gauge("fieldmark." + what, "Entries", entries);
    gauge("fieldmark." + what + ".limit", "Entries at most", () -> bound);
  }

  /** The consumer of photos of an inference process. */
  public void registerConsumer(
      String topic,
      String group,
      Supplier<Duration> pollAge,
      Supplier<Number> paused,
      Supplier<Number> uncommitted,
      Supplier<Number> inWork,
      long maxInWork) {
    Tags tags = Tags.of("topic", topic, "group", group);
    gauge(
        "fieldmark.kafka.last.poll.age.seconds",
        "How long ago the consumer last polled",
        tags,
        () -> seconds(pollAge.get()));
    gauge("fieldmark.kafka.partitions.paused", "Partitions with no room for more", tags, paused);
    gauge(
        "fieldmark.kafka.uncommitted.completed",
        "Answered photos whose offsets wait for one before them",
        tags,
        uncommitted);
    gauge("fieldmark.kafka.inflight", "Photos read and not answered", tags, inWork);
    gauge("fieldmark.kafka.inflight.limit", "Photos that may be in work", tags, () -> maxInWork);
  }

  private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  public void registerLifecycle(Supplier<LifecycleState> current) {
    for (LifecycleState state : LifecycleState.values()) {
      Gauge.builder("fieldmark.lifecycle.state", () -> current.get() == state ? 1 : 0)
          .description("1 for the state that the program is in")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  public void registerModel(ModelDescription model) {
    Gauge.builder("fieldmark.model.info", () -> 1)
        .description("Which model answers")
        .tag("model", model.reference().name())
        .tag("version", model.reference().version())
        .tag("sha256", model.sha256())
        .tag("precision", model.precision())
        .register(registry);
  }

  /**
   * Which step of getting the model ready is reached: {@code loading}, {@code warming}, {@code
   * ready}.
   */
  public void registerModelState(Supplier<String> current) {
    for (String state : new String[] {"loading", "warming", "ready"}) {
      Gauge.builder("fieldmark.model.state", () -> current.get().equals(state) ? 1 : 0)
          .description("1 for the state that the model is in")
          .tag("state", state)
          .register(registry);
    }
  }

  /** How long one phase of the start took. */
  public void coldStart(String phase, Duration taken) {
    double seconds = seconds(taken);
    Gauge.builder("fieldmark.cold.start.seconds", () -> seconds)
        .description("How long the phases of the start took")
        .tag("phase", phase)
        .register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
