package io.fieldmark.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that have sent a photo and wait for an answer that nobody gives. */
final class WaitingClients implements AutoCloseable {
  private static final int AT_A_TIME = 32;
  private static final String WAITING = "fieldmark_pending_replies";
  private static final String UNACKNOWLEDGED = "fieldmark_uploads_unacknowledged";
  private static final long POLL_MILLIS = 100;
  private static final int POLLS = 200;

  private final List<Connection> connections;

  private WaitingClients(List<Connection> connections) {
    this.connections = connections;
  }

  /** Returns when all have sent. */
  static WaitingClients send(int port, PhotoRequest request, int count)
      throws IOException, InterruptedException {
    List<Connection> connections = new ArrayList<>();
    try (ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME)) {
      Callable<Connection> one =
          () -> {
            Connection connection = new Connection(port, request);
            connection.send();
            return connection;
          };
      List<Future<Connection>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sent.add(senders.submit(one));
      }
      for (Future<Connection> connection : sent) {
        connections.add(connection.get());
      }
    } catch (ExecutionException failed) {
      throw new BenchFailure("A client that should wait failed: " + failed.getCause());
    }
    return new WaitingClients(connections);
  }

  /** Returns when every photo is stored and every request waits for its answer. */
  void awaitAllWaiting(ServiceUnderTest ingestion) throws IOException, InterruptedException {
    for (int poll = 0; poll < POLLS; poll++) {
      PrometheusText metrics = ingestion.metrics();
      if (metrics.value(WAITING) >= connections.size() && metrics.value(UNACKNOWLEDGED) == 0) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new BenchFailure(
        "Only %.0f of %d requests wait"
            .formatted(ingestion.metrics().value(WAITING), connections.size()));
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
