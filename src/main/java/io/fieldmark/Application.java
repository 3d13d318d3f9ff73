package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.Environment;
import io.fieldmark.config.Role;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.management.Health;
import io.fieldmark.management.Lifecycle;
import io.fieldmark.management.ManagementVerticle;
import io.fieldmark.metrics.MeterRegistries;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.metrics.StateMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composition root: makes every part, hands each what it needs, and knows the order of start and
 * end. Nothing else decides what stands between ingestion and inference.
 */
public final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final AppConfig config;
  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final AutoCloseable gcMetrics;
  private final Lifecycle lifecycle = new Lifecycle();
  private final StateMetrics states;

  /** Of no context of Vert.x, which has none left when this completes. */
  private final Promise<Void> closed = Promise.promise();

  private final Assembly assembly;
  private ManagementVerticle management;

  public Application(AppConfig config) {
    this(config, MeterRegistries.create(), MeterRegistries::observed);
  }

  /**
   * @param registry is closed with this
   * @param vertx makes Vert.x with these options, measured in the registry
   */
  public Application(
      AppConfig config,
      PrometheusMeterRegistry registry,
      BiFunction<VertxOptions, MeterRegistry, Vertx> vertx) {
    this.config = config;
    this.registry = registry;
    this.gcMetrics = MeterRegistries.watchGarbageCollection(registry);
    this.states = new StateMetrics(registry);
    this.vertx = vertx.apply(new VertxOptions().setEventLoopPoolSize(eventLoops()), registry);
    Foundation base =
        new Foundation(
            this.vertx,
            config,
            registry,
            new PipelineMetrics(registry),
            states,
            lifecycle::state,
            Clock.systemUTC());
    this.assembly =
        switch (config.role()) {
          case STANDALONE -> new StandaloneAssembly(base);
          case INGESTION -> new IngestionAssembly(base);
          case INFERENCE -> new InferenceAssembly(base);
        };
  }

  /** One for each web verticle, and one for the dispatcher and the management port. */
  private int eventLoops() {
    return config.http().instances() + 1;
  }

  /** Completes when a photo would be answered. A start that fails has to be closed as well. */
  public Future<Void> start() {
    states.registerLifecycle(lifecycle::state);
    states.coldStart("jvm", Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
    return assembly
        .open()
        .compose(open -> manage())
        .compose(managed -> assembly.start())
        .onSuccess(
            ready -> {
              lifecycle.advance(LifecycleState.SERVING);
              announce();
            });
  }

  private Future<String> manage() {
    Health health =
        new Health(
            lifecycle::state,
            assembly::capacity,
            assembly::pollAge,
            assembly.unavailable(),
            config.health().stallLimit());
    management = new ManagementVerticle(config.management(), health, registry::scrape, this::info);
    states.registerFill(
        "management.connections", management::connections, config.management().maxConnections());
    return vertx.deployVerticle(management);
  }

  private void announce() {
    if (config.role() == Role.INFERENCE) {
      LOG.info("Ready for photos on topic {}", config.kafka().topics().photos());
    } else {
      LOG.info("Ready for photos on http://localhost:{}", port());
    }
  }

  private JsonObject info() {
    String version = Application.class.getPackage().getImplementationVersion();
    return new JsonObject()
        .put("name", "fieldmark")
        .put("version", Optional.ofNullable(version).orElse("development"))
        .put("role", config.role().wireName())
        .put("instance", config.instanceName())
        .put("java", Runtime.version().toString())
        .put("cores", Environment.cores())
        .put(
            "models",
            assembly.capacity().models().stream().map(m -> m.reference().name()).toList());
  }

  /** The public port; 0 when this role has none. */
  public int port() {
    return assembly.port();
  }

  public int managementPort() {
    return management.port();
  }

  /**
   * Answers everything that was let in, as long as that takes no longer than the configured time.
   * Not ready first, so that load balancers stop sending before the door is closed.
   */
  public Future<Void> close() {
    boolean served = lifecycle.state() == LifecycleState.SERVING;
    lifecycle.advance(LifecycleState.DRAINING);
    LOG.info("Draining");
    long delay = served ? config.shutdown().drainDelay().toMillis() : 0;
    pause(delay).compose(none -> assembly.stop()).onComplete(stopped -> closeRest());
    return closed.future();
  }

  private Future<Void> pause(long millis) {
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis).mapEmpty();
  }

  private void closeRest() {
    lifecycle.advance(LifecycleState.CLOSED);
    vertx
        .close()
        .onComplete(
            ended -> {
              closeQuietly(gcMetrics);
              registry.close();
              LOG.info("Closed");
              closed.complete();
            });
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception atTheEnd) {
      LOG.warn("Closing failed", atTheEnd);
    }
  }
}
