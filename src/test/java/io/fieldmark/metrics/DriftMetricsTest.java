package io.fieldmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class DriftMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DriftMetrics metrics = new DriftMetrics(registry);

  private String scrape() {
    return registry.scrape();
  }

  @Test
  void picturesFallIntoTheirBuckets() {
    assertThat(scrape())
        .contains("fieldmark_input_brightness_count 0\n")
        .contains("fieldmark_input_sharpness_count 0\n");
    metrics.picture(0.15, 75.5);
    assertThat(scrape())
        .contains("fieldmark_input_brightness_bucket{le=\"0.1\"} 0\n")
        .contains("fieldmark_input_brightness_bucket{le=\"0.2\"} 1\n")
        .contains("fieldmark_input_sharpness_bucket{le=\"50.0\"} 0\n")
        .contains("fieldmark_input_sharpness_bucket{le=\"100.0\"} 1\n");
  }

  @Test
  void theFiguresAppearOneAfterTheOther() {
    assertThat(scrape()).doesNotContain("fieldmark_drift");
    metrics.registerReference(0.93, () -> 7);
    assertThat(scrape())
        .contains("fieldmark_drift_reference_identified 0.93\n")
        .contains("fieldmark_drift_samples 7.0\n")
        .doesNotContain("fieldmark_drift_classes");
    metrics.registerIndices(() -> 0.1, () -> 0.2);
    assertThat(scrape())
        .contains("fieldmark_drift_confidence 0.1\n")
        .contains("fieldmark_drift_classes 0.2\n");
  }
}
