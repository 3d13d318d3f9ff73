package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** A client's connection and the one to the broker that belongs to it: they fail together. */
final class ProxiedConnection {
  private final Socket client;
  private final Socket broker;
  private final Map<Direction, DelayedStream> streams;
  private final AtomicInteger open = new AtomicInteger(Direction.values().length);

  ProxiedConnection(Socket client, Socket broker, ToLongFunction<Direction> delayNanos) {
    this.client = client;
    this.broker = broker;
    this.streams =
        Map.of(
            Direction.TO_BROKER,
            new DelayedStream(client, broker, () -> delayNanos.applyAsLong(Direction.TO_BROKER)),
            Direction.TO_CLIENT,
            new DelayedStream(broker, client, () -> delayNanos.applyAsLong(Direction.TO_CLIENT)));
  }

  /**
   * @param whenGone is told when the connection has ended by itself or has broken, perhaps twice
   */
  void start(Consumer<ProxiedConnection> whenGone) throws IOException {
    client.setTcpNoDelay(true);
    broker.setTcpNoDelay(true);
    Runnable broken =
        () -> {
          cut();
          whenGone.accept(this);
        };
    Runnable over =
        () -> {
          if (open.decrementAndGet() == 0) {
            end();
            whenGone.accept(this);
          }
        };
    streams.values().forEach(stream -> stream.start(over, broken));
  }

  void reconsider() {
    streams.values().forEach(DelayedStream::reconsider);
  }

  void halfClose(Direction direction) throws IOException {
    if (!client.isClosed()) {
      streams.get(direction).halfClose();
    }
  }

  /** Closes both by a reset, as when a machine in between forgets about them. */
  void cut() {
    try {
      if (!client.isClosed()) {
        client.setSoLinger(true, 0);
      }
      if (!broker.isClosed()) {
        broker.setSoLinger(true, 0);
      }
    } catch (SocketException closedMeanwhile) {
      // nothing is left to reset
    }
    end();
  }

  private void end() {
    try (client;
        broker) {
      streams.values().forEach(DelayedStream::end);
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }
}
