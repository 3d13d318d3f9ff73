package io.fieldmark.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
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
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Makes the registry that everything is measured in, with what the JVM and Vert.x tell of
 * themselves.
 */
public final class MeterRegistries {
  private static final Set<String> KAFKA =
      Set.of(
          "kafka.producer.record.send.total",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.batch.size.avg",
          "kafka.producer.buffer.available.bytes",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.fetch.latency.avg",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.connection.count",
          "kafka.consumer.coordinator.assigned.partitions",
          "kafka.producer.connection.count");

  private MeterRegistries() {}

  /** The caller closes the registry, after Vert.x. */
  public static PrometheusMeterRegistry create() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(withoutManagementRoutes()).meterFilter(fewOfKafka());
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
  public static Vertx observed(VertxOptions options, MeterRegistry registry) {
    return Vertx.builder()
        .with(
            options.setMetricsOptions(
                new MicrometerMetricsOptions()
                    .setEnabled(true)
                    .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
                    .addDisabledMetricsCategory(MetricsDomain.NAMED_POOLS)
                    .setLabels(
                        EnumSet.of(
                            Label.LOCAL, Label.HTTP_ROUTE, Label.HTTP_METHOD, Label.HTTP_CODE))))
        .withMetrics(new MicrometerMetricsFactory(registry))
        .build();
  }

  /**
   * Kafka's clients measure hundreds of things, for each node and partition; these tell whether a
   * client works, and how fast.
   */
  private static MeterFilter fewOfKafka() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith("kafka.") && !KAFKA.contains(id.getName())
            ? MeterFilterReply.DENY
            : MeterFilterReply.NEUTRAL;
      }

      @Override
      public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("kafka.")
            ? id.replaceTags(Tags.of("client_id", Objects.toString(id.getTag("client.id"), "")))
            : id;
      }
    };
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
