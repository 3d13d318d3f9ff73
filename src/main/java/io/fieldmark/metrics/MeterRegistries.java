package io.fieldmark.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;

/**
 * Makes the registry that everything is measured in, with what the JVM and Vert.x tell of
 * themselves.
 */
public final class MeterRegistries {
  private MeterRegistries() {}

  /** The caller closes the registry, after Vert.x. */
  public static PrometheusMeterRegistry create() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(withoutManagementRoutes());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new ResidentMemory().bindTo(registry);
    return registry;
  }

  /** Listens to the collector until closed. */
  public static AutoCloseable watchGarbageCollection(MeterRegistry registry) {
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    return gc;
  }

  /**
   * Labels that have a bound only: paths and addresses of peers grow without one. The local address
   * tells the two servers apart. Each worker's address on the event bus and each pool would be a
   * series of its own, and our own metrics tell more, so these domains are left out.
   */
  public static VertxOptions observed(VertxOptions options) {
    return options.setMetricsOptions(
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
            .addDisabledMetricsCategory(MetricsDomain.NAMED_POOLS)
            .setLabels(
                EnumSet.of(Label.LOCAL, Label.HTTP_ROUTE, Label.HTTP_METHOD, Label.HTTP_CODE)));
  }

  public static VertxMetricsFactory vertxMetrics(MeterRegistry registry) {
    return new MicrometerMetricsFactory(registry);
  }

  /** Scrapes and probes are not traffic. */
  private static MeterFilter withoutManagementRoutes() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        String route = id.getTag("route");
        boolean management =
            route != null && (route.startsWith("/metrics") || route.startsWith("/health"));
        return management ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
      }
    };
  }
}
