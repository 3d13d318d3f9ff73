package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.metrics.StateMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Supplier;

/** What every part of a process is built on. */
record Foundation(
    Vertx vertx,
    AppConfig config,
    MeterRegistry registry,
    PipelineMetrics metrics,
    StateMetrics states,
    Supplier<LifecycleState> lifecycle,
    Clock clock) {}
