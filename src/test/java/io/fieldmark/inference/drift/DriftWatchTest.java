package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldmark.config.DriftConfig;
import io.fieldmark.domain.Classification;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Verdict;
import io.fieldmark.metrics.DriftMetrics;
import io.fieldmark.testing.Requests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
  private static final int SIDE = 4;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private DriftWatch watch(Optional<DriftReference> reference) {
    return DriftWatch.start(
        reference,
        Requests.MODEL.labels(),
        new DriftConfig(Optional.empty(), 10, 4),
        new DriftMetrics(registry));
  }

  private static Prediction answer(String label, double confidence, Verdict verdict) {
    Prediction pattern = Requests.answer(Requests.withoutDeadline());
    return new Prediction(
        pattern.id(),
        pattern.model(),
        List.of(new Classification(label, confidence)),
        verdict,
        pattern.image(),
        pattern.timings(),
        pattern.answeredAt());
  }

  private static void feed(DriftWatch watch, int times, Prediction prediction) {
    ByteBuffer black = ByteBuffer.allocateDirect(3 * SIDE * SIDE);
    for (int i = 0; i < times; i++) {
      watch.answered(prediction, black, SIDE, SIDE);
    }
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void theFiguresAreAbsentUntilThereAreAnswersEnough() {
    DriftWatch watch = watch(Optional.of(References.ofCatsAndDogs()));
    assertThat(gauge("fieldmark.drift.samples")).isZero();
    assertThat(gauge("fieldmark.drift.reference.identified")).isEqualTo(0.9);
    feed(watch, 3, answer("cat", 0.95, Verdict.IDENTIFIED));
    assertThat(registry.find("fieldmark.drift.confidence").gauges()).isEmpty();
    assertThat(registry.find("fieldmark.drift.classes").gauges()).isEmpty();
    feed(watch, 1, answer("dog", 0.95, Verdict.IDENTIFIED));
    assertThat(gauge("fieldmark.drift.samples")).isEqualTo(4);
    assertThat(gauge("fieldmark.drift.confidence")).isFinite();
    assertThat(gauge("fieldmark.drift.classes")).isFinite();
  }

  @Test
  void eachFigureMovesWithItsOwnDistribution() {
    DriftWatch watch = watch(Optional.of(References.ofCatsAndDogs()));
    feed(watch, 5, answer("cat", 0.95, Verdict.IDENTIFIED));
    feed(watch, 5, answer("dog", 0.95, Verdict.IDENTIFIED));
    double confidence = gauge("fieldmark.drift.confidence");
    double classes = gauge("fieldmark.drift.classes");
    feed(watch, 10, answer("owl", 0.95, Verdict.IDENTIFIED));
    assertThat(gauge("fieldmark.drift.confidence")).isCloseTo(confidence, within(1e-12));
    assertThat(gauge("fieldmark.drift.classes")).isGreaterThan(classes + 1);
    feed(watch, 5, answer("cat", 0.25, Verdict.IDENTIFIED));
    feed(watch, 5, answer("dog", 0.25, Verdict.IDENTIFIED));
    assertThat(gauge("fieldmark.drift.confidence")).isGreaterThan(confidence + 1);
    assertThat(gauge("fieldmark.drift.classes")).isCloseTo(classes, within(1e-12));
    assertThat(gauge("fieldmark.drift.samples")).isEqualTo(10);
  }

  @Test
  void withoutAReferenceOnlyThePicturesAreMeasured() {
    DriftWatch watch = watch(Optional.empty());
    feed(watch, 20, answer("cat", 0.95, Verdict.IDENTIFIED));
    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .noneMatch(name -> name.startsWith("fieldmark.drift"));
    assertThat(registry.get("fieldmark.input.brightness").summary().count()).isEqualTo(20);
    assertThat(registry.get("fieldmark.input.brightness").summary().max()).isZero();
    assertThat(registry.get("fieldmark.input.sharpness").summary().count()).isEqualTo(20);
  }
}
