package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Http;
import io.fieldmark.config.ListenFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The public HTTP server. Several instances share one port. */
public final class WebVerticle extends VerticleBase {
  private static final long HEARTBEAT_MILLIS = 15_000;

  /** By which what is idle is gone, however much it is. */
  private static final Duration CLOSING_IDLE = Duration.ofMillis(200);

  /** Whoever connects has something to ask; a browser may also connect for later. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(1);

  /** For the first words of those who have just connected. */
  private static final Duration LAST_LOOK = Duration.ofMillis(50);

  private final Http config;
  private final ApiRouter router;
  private final ResultStream stream;
  private final Duration shutdownTimeout;
  private HttpServer server;
  private Connections connections;

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
    connections = new Connections(vertx, FIRST_WORD);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .requestHandler(router.create(vertx, connections));
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

  /**
   * Closes the connections on which nothing goes on, while the door is still open for those whose
   * connection it was. Safe for any thread.
   */
  public Future<Void> closeIdle() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(now -> connections.closeIdle(CLOSING_IDLE).onComplete(closed));
    return closed.future();
  }

  /** Accepts nothing more and waits for what is being answered. */
  @Override
  public Future<?> stop() {
    stream.close();
    return server == null
        ? Future.succeededFuture()
        : connections
            .closeIdle(LAST_LOOK)
            .compose(none -> server.shutdown(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS));
  }
}
