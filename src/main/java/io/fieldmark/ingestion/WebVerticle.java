package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Http;
import io.fieldmark.config.ListenFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The public HTTP server. Several instances share one port. */
public final class WebVerticle extends VerticleBase {
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Http config;
  private final ApiRouter router;
  private final ResultStream stream;
  private final Duration shutdownTimeout;
  private HttpServer server;

  public WebVerticle(Http config, ApiRouter router, ResultStream stream, Duration shutdownTimeout) {
    this.config = config;
    this.router = router;
    this.stream = stream;
    this.shutdownTimeout = shutdownTimeout;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            // One exchange at a time on a connection, so that closing one ends one.
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) config.idleTimeout().toMillis());
    server = vertx.createHttpServer(options).requestHandler(router.create(vertx));
    vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> stream.heartbeat());
    return server
        .listen(config.port(), config.host())
        .recover(
            failure -> Future.failedFuture(new ListenFailure("http.port", config.port(), failure)));
  }

  /** The port that is listened on; the configured one, unless that was 0. */
  public int port() {
    return server.actualPort();
  }

  /** Accepts nothing more and waits for what is being answered. */
  @Override
  public Future<?> stop() {
    stream.close();
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
