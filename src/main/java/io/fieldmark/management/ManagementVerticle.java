package io.fieldmark.management;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ListenFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Health, metrics and info on a port of their own, which is not for the public. */
public final class ManagementVerticle extends VerticleBase {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String THREAD = "metrics-text";
  private static final int LOOKS_PER_TIMEOUT = 4;

  private final AppConfig.Management config;
  private final Health health;
  private final UnaryOperator<String> metrics;
  private final Supplier<JsonObject> info;
  private final BoundedConnections connections;
  private MetricsText text;
  private HttpServer server;

  /**
   * @param metrics from a content type to the text of all metrics; one call at a time, on a thread
   *     that does nothing else
   */
  public ManagementVerticle(
      AppConfig.Management config,
      Health health,
      UnaryOperator<String> metrics,
      Supplier<JsonObject> info) {
    this.config = config;
    this.health = health;
    this.metrics = metrics;
    this.info = info;
    this.connections = new BoundedConnections(config.maxConnections(), config.idleTimeout());
  }

  @Override
  public Future<?> start() {
    text = new MetricsText(vertx.createSharedWorkerExecutor(THREAD, 1), metrics);
    long look = Math.max(1, config.idleTimeout().toMillis() / LOOKS_PER_TIMEOUT);
    vertx.setPeriodic(look, timer -> connections.closeIdle());
    // Without HTTP/2, one answer at a time on a connection, and those that say nothing are seen.
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .connectionHandler(connections::opened)
            .requestHandler(router());
    return server
        .listen(config.port(), config.host())
        .recover(
            failure ->
                Future.failedFuture(new ListenFailure("management.port", config.port(), failure)));
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(connections::asked);
    router.get("/health/live").handler(context -> answer(context, health.live()));
    router.get("/health/ready").handler(context -> answer(context, health.ready()));
    router.get("/health/started").handler(context -> answer(context, health.started()));
    router.get("/metrics").handler(this::scrape);
    router.get("/info").handler(context -> answer(context, 200, info.get()));
    return router;
  }

  /** The port that is listened on; the configured one, unless that was 0. */
  public int port() {
    return server.actualPort();
  }

  /** How many there are; safe for any thread. */
  public int connections() {
    return connections.count();
  }

  private void answer(RoutingContext context, Health.Report report) {
    answer(
        context,
        report.healthy() ? 200 : 503,
        new JsonObject()
            .put("status", report.healthy() ? "ok" : "unavailable")
            .put("reason", report.reason()));
  }

  private void answer(RoutingContext context, int status, JsonObject body) {
    context.response().setStatusCode(status);
    end(context, "application/json", body.toBuffer());
  }

  /** In OpenMetrics for a scraper that asks for it, else in Prometheus' own text format. */
  private void scrape(RoutingContext context) {
    String accepted = Optional.ofNullable(context.request().getHeader("accept")).orElse("");
    String type =
        accepted.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS_TEXT;
    text.as(type).onSuccess(rendered -> end(context, type, rendered)).onFailure(context::fail);
  }

  private void end(RoutingContext context, String contentType, Buffer body) {
    connections.answered(
        context.request().connection(),
        context.response().putHeader("content-type", contentType).end(body));
  }
}
