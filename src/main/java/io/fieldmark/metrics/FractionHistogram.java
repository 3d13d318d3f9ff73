package io.fieldmark.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * A histogram of values from 0 to 1, in tenths. Micrometer rounds every value up to a whole number
 * before it chooses the bucket, so that all of these would fall into the last: Prometheus' own
 * library counts them instead.
 */
final class FractionHistogram {
  private static final double[] TENTHS =
      IntStream.rangeClosed(1, 10).mapToDouble(tenth -> tenth / 10.0).toArray();

  private FractionHistogram() {}

  /**
   * To be called once for each name and registry.
   *
   * @param name in Micrometer's spelling
   * @return takes the values; safe for any thread
   */
  static DoubleConsumer register(MeterRegistry registry, String name, String description) {
    if (registry instanceof PrometheusMeterRegistry prometheus) {
      Histogram histogram =
          Histogram.builder()
              .name(name.replace('.', '_'))
              .help(description)
              .classicOnly()
              .withoutExemplars()
              .classicUpperBounds(TENTHS)
              .register(prometheus.getPrometheusRegistry());
      return histogram::observe;
    }
    DistributionSummary summary =
        DistributionSummary.builder(name).description(description).register(registry);
    return summary::record;
  }
}
