package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.Environment;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.inference.WorkerPlan;
import io.fieldmark.management.Health;
import io.fieldmark.management.Lifecycle;
import io.fieldmark.management.ManagementVerticle;
import io.fieldmark.metrics.MeterRegistries;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.metrics.StateMetrics;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.eventbus.EventBusTransport;
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
  private final Clock clock = Clock.systemUTC();
  private final StateMetrics states;

  /** Of no context of Vert.x, which has none left when this completes. */
  private final Promise<Void> closed = Promise.promise();

  private ManagementVerticle management;
  private IngestionTier ingestion;
  private InferenceTier inference;

  public Application(AppConfig config) {
    this.config = config;
    this.registry = MeterRegistries.create();
    this.gcMetrics = MeterRegistries.watchGarbageCollection(registry);
    this.states = new StateMetrics(registry);
    this.vertx =
        Vertx.builder()
            .with(MeterRegistries.observed(new VertxOptions().setEventLoopPoolSize(eventLoops())))
            .withMetrics(MeterRegistries.vertxMetrics(registry))
            .build();
  }

  /** One for each web verticle, and one for the dispatcher and the management port. */
  private int eventLoops() {
    return config.http().instances() + 1;
  }

  /** Completes when a photo would be answered. A start that fails has to be closed as well. */
  public Future<Void> start() {
    states.registerLifecycle(lifecycle::state);
    states.coldStart("jvm", Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
    AppConfig.Inference inferenceConfig = config.inference();
    return EventBusTransport.open(
            vertx, inferenceConfig.queueCapacity(), inferenceConfig.maxBatch(), clock)
        .compose(this::startTiers)
        .onSuccess(
            ready -> {
              lifecycle.advance(LifecycleState.SERVING);
              LOG.info("Ready for photos on http://localhost:{}", port());
            });
  }

  private Future<Void> startTiers(EventBusTransport transport) {
    InferenceClient client = transport.client();
    PipelineMetrics metrics = new PipelineMetrics(registry);
    states.registerCapacity(client::capacity);
    Health health = new Health(lifecycle::state, client::capacity, config.health().stallLimit());
    management = new ManagementVerticle(config.management(), health, registry, () -> info(client));
    ingestion = new IngestionTier(vertx, config, client, metrics, lifecycle::state, clock);
    ingestion.register(states);
    WorkerPlan plan = WorkerPlan.of(config.inference(), Environment.cores());
    inference =
        new InferenceTier(
            vertx, config.inference(), plan, transport.server(), metrics, states, clock);
    return vertx
        .deployVerticle(management)
        .compose(id -> ingestion.start())
        .compose(listening -> inference.start());
  }

  private JsonObject info(InferenceClient client) {
    String version = Application.class.getPackage().getImplementationVersion();
    return new JsonObject()
        .put("name", "fieldmark")
        .put("version", Optional.ofNullable(version).orElse("development"))
        .put("role", "standalone")
        .put("java", Runtime.version().toString())
        .put("cores", Environment.cores())
        .put("models", client.capacity().models().stream().map(m -> m.reference().name()).toList());
  }

  public int port() {
    return ingestion.port();
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
    pause(delay)
        .compose(none -> ingestion == null ? Future.succeededFuture() : ingestion.stop())
        .eventually(() -> inference == null ? Future.succeededFuture() : inference.stop())
        .onComplete(stopped -> closeRest());
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
