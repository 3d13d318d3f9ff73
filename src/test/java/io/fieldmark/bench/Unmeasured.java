package io.fieldmark.bench;

import io.fieldmark.Application;
import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.config.Environment;
import io.fieldmark.metrics.MeterRegistries;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;

/** The service with a registry that takes no meter in, and a Vert.x that measures nothing. */
final class Unmeasured {
  private Unmeasured() {}

  public static void main(String[] arguments) throws InterruptedException {
    AppConfig config =
        ConfigLoader.load(
            ConfigSources.read(Optional.empty(), Environment.variables(), Map.of()),
            Environment.home(),
            Environment.cores(),
            Environment.heapBytes());
    Environment.configureLogging(config.log());
    PrometheusMeterRegistry registry = MeterRegistries.create();
    registry.clear();
    registry.config().meterFilter(MeterFilter.deny());
    new Application(config, registry, (options, none) -> Vertx.builder().with(options).build())
        .start()
        .onFailure(
            failure -> {
              failure.printStackTrace();
              System.exit(1);
            });
    Thread.currentThread().join();
  }
}
