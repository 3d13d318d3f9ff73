package io.fieldmark.metrics;

import io.fieldmark.quality.Calibration;
import io.fieldmark.quality.Confusion;
import io.fieldmark.quality.Quality;
import io.fieldmark.quality.Share;
import io.fieldmark.quality.Window;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people say of the answers. Every ingestion process tells the same; take the maximum, never
 * the sum. What nothing is known of is absent, not zero. Safe for any thread.
 */
public final class FeedbackMetrics {
  private final MeterRegistry registry;
  private final MultiGauge accuracy;
  private final MultiGauge lower;
  private final MultiGauge upper;
  private final MultiGauge confidence;
  private final MultiGauge right;
  private final MultiGauge error;
  private final MultiGauge confusion;

  /**
   * The gauges' rows read it, so that only rows that come or go have to be told to the registry.
   */
  private volatile Quality current;

  private volatile Map<Tags, Long> confused = Map.of();

  /**
   * @param none what is known without any feedback
   */
  public FeedbackMetrics(MeterRegistry registry, Quality none) {
    this.registry = registry;
    this.current = none;
    this.accuracy = rows("accuracy", "Share of answers called right, over a window");
    this.lower = rows("accuracy.lower", "Lower end of the accuracy's 95 % interval");
    this.upper = rows("accuracy.upper", "Upper end of the accuracy's 95 % interval");
    this.confidence =
        rows("calibration.confidence", "Mean confidence of the answers of a band, over 7 days");
    this.right = rows("calibration.accuracy", "Share of right answers of a band, over 7 days");
    this.error = rows("calibration.error", "Expected calibration error over 7 days");
    this.confusion = rows("confusion", "Answers of the last day that were wrong or labelled");
    rows("accuracy.samples", "Answers that something was said of, over a window")
        .register(
            Arrays.stream(Window.values())
                .map(window -> row(window, () -> share(window).samples()))
                .toList());
  }

  private MultiGauge rows(String name, String description) {
    return MultiGauge.builder("fieldmark." + name).description(description).register(registry);
  }

  private Share share(Window window) {
    return current.accuracy().get(window);
  }

  private static Row<?> row(Window window, Supplier<Number> value) {
    return Row.of(Tags.of("window", window.wireName()), value);
  }

  /** Registers the counters of these labels, at zero. */
  public void registerLabels(Collection<String> labels) {
    Stream.concat(labels.stream(), Stream.of(Confusion.OTHER))
        .forEach(
            label -> {
              feedback(true, label);
              feedback(false, label);
            });
  }

  /**
   * @param label that was predicted, out of those that are registered
   */
  public void counted(boolean correct, String label) {
    feedback(correct, label).increment();
  }

  private Counter feedback(boolean correct, String label) {
    return Counter.builder("fieldmark.feedback")
        .description("Feedback that came, by what was predicted")
        .tag("verdict", correct ? "correct" : "wrong")
        .tag("label", label)
        .register(registry);
  }

  /** From now on this is what is known. */
  public synchronized void show(Quality quality) {
    confused =
        quality.confusion().cells().stream()
            .collect(
                Collectors.toMap(
                    cell -> Tags.of("predicted", cell.predicted(), "actual", cell.actual()),
                    Confusion.Cell::count));
    current = quality;
    windows(accuracy, Share::value);
    windows(lower, Share::lower);
    windows(upper, Share::upper);
    bands(confidence, Calibration.Band::confidence);
    bands(right, band -> band.share().value());
    error.register(
        quality.calibration().error().isPresent()
            ? List.of(Row.of(Tags.empty(), () -> current.calibration().error().orElse(Double.NaN)))
            : List.of());
    confusion.register(
        confused.keySet().stream()
            .<Row<?>>map(cell -> Row.of(cell, () -> confused.getOrDefault(cell, 0L)))
            .toList());
  }

  private void windows(MultiGauge gauge, Function<Share, Double> value) {
    gauge.register(
        Arrays.stream(Window.values())
            .filter(window -> share(window).isKnown())
            .<Row<?>>map(window -> row(window, () -> value.apply(share(window))))
            .toList());
  }

  private void bands(MultiGauge gauge, Function<Calibration.Band, Double> value) {
    gauge.register(
        current.calibration().bands().stream()
            .filter(band -> band.share().isKnown())
            .<Row<?>>map(
                band ->
                    Row.of(
                        Tags.of("band", band.name()),
                        () -> value.apply(current.calibration().bands().get(band.index()))))
            .toList());
  }
}
