package io.fieldmark.management;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ListenFailure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/** Health, metrics and info on a port of their own, which is not for the public. */
public final class ManagementVerticle extends VerticleBase {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final AppConfig.Management config;
  private final Health health;
  private final PrometheusMeterRegistry registry;
  private final Supplier<JsonObject> info;
  private HttpServer server;

  public ManagementVerticle(
      AppConfig.Management config,
      Health health,
      PrometheusMeterRegistry registry,
      Supplier<JsonObject> info) {
    this.config = config;
    this.health = health;
    this.registry = registry;
    this.info = info;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    router.get("/health/live").handler(context -> answer(context, health.live()));
    router.get("/health/ready").handler(context -> answer(context, health.ready()));
    router.get("/health/started").handler(context -> answer(context, health.started()));
    router.get("/metrics").handler(this::scrape);
    router.get("/info").handler(context -> context.json(info.get()));
    server = vertx.createHttpServer().requestHandler(router);
    return server
        .listen(config.port(), config.host())
        .recover(
            failure ->
                Future.failedFuture(new ListenFailure("management.port", config.port(), failure)));
  }

  /** The port that is listened on; the configured one, unless that was 0. */
  public int port() {
    return server.actualPort();
  }

  private static void answer(RoutingContext context, Health.Report report) {
    context
        .response()
        .setStatusCode(report.healthy() ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(
            new JsonObject()
                .put("status", report.healthy() ? "ok" : "unavailable")
                .put("reason", report.reason())
                .encode());
  }

  /** In OpenMetrics for a scraper that asks for it, else in Prometheus' own text format. */
  private void scrape(RoutingContext context) {
    String accepted = Optional.ofNullable(context.request().getHeader("accept")).orElse("");
    String type =
        accepted.contains("application/openmetrics-text")
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : PROMETHEUS_TEXT;
    context.response().putHeader("content-type", type).end(registry.scrape(type));
  }
}
