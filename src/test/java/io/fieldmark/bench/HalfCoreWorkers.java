package io.fieldmark.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Inference processes of half a core each. */
final class HalfCoreWorkers implements AutoCloseable {
  private final Start start;
  private final Deque<Worker> workers = new ArrayDeque<>();

  /** Starts a process of this name, on as many cores as there are, until it is ready. */
  interface Start {
    ServiceUnderTest named(String name) throws IOException, InterruptedException;
  }

  private record Worker(HalfCore core, ServiceUnderTest service) {}

  HalfCoreWorkers(Start start) {
    this.start = start;
  }

  /** False where processes cannot be held to a share of a core. */
  boolean add() throws IOException, InterruptedException {
    String name = "half-core-" + (workers.size() + 1);
    Optional<HalfCore> core = HalfCore.create("fieldmark-" + name);
    if (core.isPresent()) {
      ServiceUnderTest service = start.named(name);
      workers.addLast(new Worker(core.get(), service));
      core.get().confine(service);
    }
    return core.isPresent();
  }

  void removeLast() {
    Worker last = workers.removeLast();
    last.service().close();
    last.core().close();
  }

  List<ServiceUnderTest> services() {
    return workers.stream().map(Worker::service).toList();
  }

  @Override
  public void close() {
    while (!workers.isEmpty()) {
      removeLast();
    }
  }
}
