package io.fieldmark.ingestion;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of one web verticle, and what goes on on each. The server's own end closes all
 * that are idle in one go, which takes so long that requests arrive meanwhile and are lost. Lives
 * on one event loop.
 */
final class Connections {
  private static final long TICK_MILLIS = 1;
  private static final int TICKS_FOR_ALL = 100;

  private final Vertx vertx;
  private final Duration firstWord;
  private final Map<HttpConnection, Visitor> visitors = new HashMap<>();

  /**
   * @param firstWord after which a connection counts as idle on which nothing was ever asked
   */
  Connections(Vertx vertx, Duration firstWord) {
    this.vertx = vertx;
    this.firstWord = firstWord;
  }

  private final class Visitor {
    private final long openedNanos = System.nanoTime();
    private boolean spoken;
    private HttpServerRequest asking;

    private boolean busy() {
      return asking != null && !(asking.response().ended() && asking.isEnded());
    }

    private boolean leavable() {
      return !busy() && (spoken || System.nanoTime() - openedNanos >= firstWord.toNanos());
    }
  }

  void opened(HttpConnection connection) {
    visitors.put(connection, new Visitor());
    connection.closeHandler(gone -> visitors.remove(connection));
  }

  /** Must be told of every request that is routed. */
  void asked(RoutingContext context) {
    HttpServerRequest request = context.request();
    Visitor visitor = visitors.get(request.connection());
    if (visitor != null) {
      visitor.spoken = true;
      visitor.asking = request;
      context.addEndHandler(
          answered -> {
            if (request.isEnded()) {
              over(visitor, request);
            } else {
              request.end().onComplete(read -> over(visitor, request));
            }
          });
    }
    context.next();
  }

  /** Whoever was told that the connection closes may rely on it. */
  private static void over(Visitor visitor, HttpServerRequest request) {
    if (visitor.asking == request) {
      visitor.asking = null;
    }
    HttpServerResponse response = request.response();
    if (response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
      request.connection().close();
    }
  }

  /**
   * Closes what is idle, a few at a time with a look at what has come in between. Completes when
   * every connection has a request to answer, or after the limit.
   */
  Future<Void> closeIdle(Duration limit) {
    Promise<Void> done = Promise.promise();
    long end = System.nanoTime() + limit.toNanos();
    int atOnce = Math.ceilDiv(visitors.size() + 1, TICKS_FOR_ALL);
    vertx.setPeriodic(
        0,
        TICK_MILLIS,
        timer -> {
          List<HttpConnection> leaving =
              visitors.entrySet().stream()
                  .filter(visit -> visit.getValue().leavable())
                  .limit(atOnce)
                  .map(Map.Entry::getKey)
                  .toList();
          leaving.forEach(HttpConnection::close);
          boolean allBusy = visitors.values().stream().allMatch(Visitor::busy);
          if (allBusy || System.nanoTime() > end) {
            vertx.cancelTimer(timer);
            done.complete();
          }
        });
    return done.future();
  }
}
