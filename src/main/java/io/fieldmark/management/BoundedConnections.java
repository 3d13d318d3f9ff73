package io.fieldmark.management;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Never more connections than the bound, and always room for the next: it may be the orchestrator's
 * probe. Whoever holds the most makes room, so that one address cannot push out another. Lives on
 * one event loop; only {@link #count} is safe for any thread.
 */
final class BoundedConnections {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedConnections.class);

  private final int bound;
  private final Duration idleTimeout;
  private final Map<HttpConnection, Visitor> visitors = new HashMap<>();
  private volatile int count;

  BoundedConnections(int bound, Duration idleTimeout) {
    this.bound = bound;
    this.idleTimeout = idleTimeout;
  }

  private static final class Visitor {
    private final String address;
    private long sinceNanos = System.nanoTime();
    private boolean busy;

    private Visitor(String address) {
      this.address = address;
    }

    /** Parts of a request change nothing: a drip would look busy. */
    private void now(boolean busy) {
      this.busy = busy;
      sinceNanos = System.nanoTime();
    }

    private long nanos() {
      return System.nanoTime() - sinceNanos;
    }
  }

  int count() {
    return count;
  }

  void opened(HttpConnection connection) {
    SocketAddress remote = connection.remoteAddress();
    Visitor visitor = new Visitor(remote == null ? "" : remote.hostAddress());
    if (visitors.size() >= bound) {
      longestIdle(visitor.address).ifPresent(idle -> close(idle, "there are too many"));
    }
    visitors.put(connection, visitor);
    count = visitors.size();
    connection.closeHandler(gone -> forget(connection));
  }

  /** Must be told of every request. */
  void asked(RoutingContext context) {
    Visitor visitor = visitors.get(context.request().connection());
    if (visitor != null) {
      visitor.now(true);
      context.addEndHandler(ended -> visitor.now(false));
    }
    context.next();
  }

  /**
   * @param read completes when the client has taken what was answered
   */
  void answered(HttpConnection connection, Future<Void> read) {
    Visitor visitor = visitors.get(connection);
    if (visitor != null) {
      visitor.busy = true;
      read.onComplete(taken -> visitor.now(false));
    }
  }

  void closeIdle() {
    visitors.entrySet().stream()
        .filter(entry -> entry.getValue().nanos() >= idleTimeout.toNanos())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(idle -> close(idle, "nothing has happened for " + idleTimeout));
  }

  /** Of those who have no answer to come, if there are any. */
  private Optional<HttpConnection> longestIdle(String newcomer) {
    Map<String, Long> present =
        visitors.values().stream()
            .collect(Collectors.groupingBy(visitor -> visitor.address, Collectors.counting()));
    present.merge(newcomer, 1L, Long::sum);
    return visitors.entrySet().stream()
        .max(
            Comparator.comparing(
                Map.Entry::getValue,
                Comparator.comparingLong((Visitor visitor) -> present.get(visitor.address))
                    .thenComparing(visitor -> !visitor.busy)
                    .thenComparingLong(Visitor::nanos)))
        .map(Map.Entry::getKey);
  }

  /** At once: the connection's own end waits until the client has read what is on its way. */
  private void close(HttpConnection connection, String reason) {
    LOG.debug("{} is closed: {}", connection.remoteAddress(), reason);
    forget(connection);
    var unused = ((ConnectionBase) connection).channelHandlerContext().close();
  }

  private void forget(HttpConnection connection) {
    visitors.remove(connection);
    count = visitors.size();
  }
}
