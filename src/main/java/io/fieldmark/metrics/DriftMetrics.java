package io.fieldmark.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * Whether what comes in still looks like what the model was made for, each process by its own last
 * answers; take the largest of all instances. The share of answers that are not identified, now, is
 * told by {@code fieldmark_verdicts_total}. Safe for any thread.
 */
public final class DriftMetrics {
  private static final double[] SHARPNESS = {
    10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000
  };

  private final MeterRegistry registry;
  private final DoubleConsumer brightness;
  private final DistributionSummary sharpness;

  public DriftMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.brightness =
        FractionHistogram.register(
            registry,
            "fieldmark.input.brightness",
            "Mean luma of pictures at the model's input size, 0 black to 1 white");
    this.sharpness =
        DistributionSummary.builder("fieldmark.input.sharpness")
            .description("Variance of the Laplacian of pictures at the model's input size")
            .serviceLevelObjectives(SHARPNESS)
            .register(registry);
  }

  public void picture(double brightness, double sharpness) {
    this.brightness.accept(brightness);
    this.sharpness.record(sharpness);
  }

  /**
   * Only where there is a reference.
   *
   * @param identified share of the reference's answers
   * @param samples how many answers are compared to it now
   */
  public void registerReference(double identified, Supplier<Number> samples) {
    gauge(
        "fieldmark.drift.reference.identified",
        "Share of the answers of the reference that were identified",
        () -> identified);
    gauge("fieldmark.drift.samples", "Last answers that are compared to the reference", samples);
  }

  /** To be called when there are answers enough: before, the figures would be chance. */
  public void registerIndices(Supplier<Number> confidence, Supplier<Number> classes) {
    gauge(
        "fieldmark.drift.confidence",
        "Population stability index of the last answers' confidence against the reference",
        confidence);
    gauge(
        "fieldmark.drift.classes",
        "Population stability index of the last answers' labels against the reference",
        classes);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}
