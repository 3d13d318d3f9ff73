package io.fieldmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Verdict;
import io.fieldmark.quality.Quality;
import io.fieldmark.testing.Requests;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedbackMetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-08T10:00:00Z");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final FeedbackMetrics metrics = new FeedbackMetrics(registry, quality());

  private static Quality quality(Feedback... feedback) {
    return Quality.of(List.of(feedback), Set.of("cat", "dog"), NOW);
  }

  private static Feedback feedback(boolean correct, Optional<String> label, Duration age) {
    return new Feedback(
        RequestId.next(NOW),
        Requests.MODEL.reference(),
        "cat",
        0.95,
        Verdict.IDENTIFIED,
        correct,
        label,
        NOW.minus(age));
  }

  private List<String> lines(String name) {
    return registry.scrape().lines().filter(line -> line.startsWith(name)).toList();
  }

  @Test
  void countersAreThereAtZeroForEachLabelAndForOthers() {
    metrics.registerLabels(List.of("cat", "dog"));
    assertThat(lines("fieldmark_feedback_total"))
        .hasSize(6)
        .allMatch(line -> line.endsWith(" 0.0"));
    metrics.counted(false, "cat");
    assertThat(lines("fieldmark_feedback_total"))
        .contains("fieldmark_feedback_total{label=\"cat\",verdict=\"wrong\"} 1.0");
  }

  @Test
  void whatNothingIsKnownOfIsAbsentButTheSamplesAreNone() {
    assertThat(lines("fieldmark_accuracy_samples")).hasSize(3).allMatch(l -> l.endsWith(" 0.0"));
    assertThat(lines("fieldmark_accuracy{")).isEmpty();
    assertThat(lines("fieldmark_calibration_")).isEmpty();
    assertThat(lines("fieldmark_confusion")).isEmpty();
  }

  @Test
  void gaugesFollowWhatIsKnownAndVanishWithIt() {
    metrics.show(
        quality(
            feedback(true, Optional.empty(), Duration.ZERO),
            feedback(false, Optional.of("dog"), Duration.ofHours(2))));
    assertThat(lines("fieldmark_accuracy{"))
        .containsExactlyInAnyOrder(
            "fieldmark_accuracy{window=\"1h\"} 1.0",
            "fieldmark_accuracy{window=\"1d\"} 0.5",
            "fieldmark_accuracy{window=\"7d\"} 0.5");
    assertThat(lines("fieldmark_accuracy_lower{window=\"1h\"}").getFirst()).contains(" 0.2065");
    assertThat(lines("fieldmark_accuracy_upper{window=\"1h\"}")).hasSize(1);
    assertThat(lines("fieldmark_accuracy_samples{window=\"7d\"} 2.0")).hasSize(1);
    assertThat(lines("fieldmark_calibration_confidence"))
        .containsExactly("fieldmark_calibration_confidence{band=\"0.9-1.0\"} 0.95");
    assertThat(lines("fieldmark_calibration_accuracy"))
        .containsExactly("fieldmark_calibration_accuracy{band=\"0.9-1.0\"} 0.5");
    assertThat(lines("fieldmark_calibration_error").getFirst()).contains(" 0.4");
    assertThat(lines("fieldmark_confusion"))
        .containsExactly("fieldmark_confusion{actual=\"dog\",predicted=\"cat\"} 1.0");

    metrics.show(quality(feedback(false, Optional.of("dog"), Duration.ofDays(2))));
    assertThat(lines("fieldmark_accuracy{"))
        .containsExactly("fieldmark_accuracy{window=\"7d\"} 0.0");
    assertThat(lines("fieldmark_confusion")).isEmpty();
    metrics.show(quality());
    assertThat(lines("fieldmark_calibration_")).isEmpty();
  }
}
