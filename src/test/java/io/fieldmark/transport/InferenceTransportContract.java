package io.fieldmark.transport;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.Requests;
import io.fieldmark.transport.BatchHandler.Queued;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ingestion and inference may rely on, whatever stands between them. */
public abstract class InferenceTransportContract {
  protected static final int QUEUE_BOUND = 8;
  protected static final int MAX_BATCH = 4;

  protected Vertx vertx;
  protected InferenceClient client;
  private InferenceServer server;
  protected CountDownLatch gate = new CountDownLatch(0);
  protected final List<List<InferenceRequest>> batches = new CopyOnWriteArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  /** Opens a transport with {@link #QUEUE_BOUND} and {@link #MAX_BATCH}. */
  protected abstract void open() throws Exception;

  protected final void use(InferenceClient opened, InferenceServer openedServer) {
    client = opened;
    server = openedServer;
  }

  @BeforeEach
  void openTransport() throws Exception {
    vertx = Vertx.vertx();
    open();
  }

  @AfterEach
  void close() throws Exception {
    gate.countDown();
    await(vertx.close());
  }

  protected final BatchHandler handler(UnaryOperator<InferenceResult> change) {
    return batch -> {
      batches.add(batch.stream().map(Queued::request).toList());
      threads.add(Thread.currentThread().getName());
      awaitGate();
      return batch.stream().map(q -> change.apply(Requests.answer(q.request()))).toList();
    };
  }

  protected final List<RequestId> workedOn() {
    return batches.stream().flatMap(List::stream).map(InferenceRequest::id).toList();
  }

  private void awaitGate() {
    try {
      assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  protected final void startWorkers(int count, BatchHandler handler) throws Exception {
    int before = client.capacity().workers();
    for (int i = before; i < before + count; i++) {
      await(vertx.deployVerticle(new ContractWorker(server, handler), ContractWorker.options(i)));
    }
    eventually("workers are known", () -> client.capacity().workers() == before + count);
  }

  protected final Future<InferenceResult> submit(InferenceRequest request) {
    return client.submit(request).answer();
  }

  private List<Future<InferenceResult>> submit(int count) {
    List<Future<InferenceResult>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(submit(Requests.withoutDeadline()));
    }
    return results;
  }

  /** Closes the gate and occupies the only worker with one request. */
  protected final Future<InferenceResult> occupy() throws Exception {
    return occupy(handler(UnaryOperator.identity()));
  }

  protected final Future<InferenceResult> occupy(BatchHandler handler) throws Exception {
    gate = new CountDownLatch(1);
    startWorkers(1, handler);
    Future<InferenceResult> first = submit(Requests.withoutDeadline());
    eventually("a batch is in work", () -> batches.size() == 1);
    return first;
  }

  protected final void awaitWaiting(int count) throws InterruptedException {
    eventually(count + " requests wait", () -> client.capacity().waiting() == count);
  }

  @Test
  void everyRequestGetsItsOwnAnswer() throws Exception {
    startWorkers(2, handler(UnaryOperator.identity()));
    for (int i = 0; i < 50; i++) {
      InferenceRequest request = Requests.withoutDeadline();
      InferenceResult result = await(submit(request));
      assertThat(result).isInstanceOf(Prediction.class);
      assertThat(result.id()).isEqualTo(request.id());
    }
  }

  @Test
  void whatWaitsWhenAWorkerIsFreeBecomesOneBatchUpToTheMaximum() throws Exception {
    Future<InferenceResult> first = occupy();
    List<Future<InferenceResult>> waiting = submit(6);
    awaitWaiting(6);
    gate.countDown();
    await(first);
    await(Future.all(waiting));
    assertThat(batches.stream().map(List::size)).containsExactly(1, MAX_BATCH, 2);
  }

  @Test
  void aBusyWorkerDelaysNobodyElse() throws Exception {
    gate = new CountDownLatch(1);
    CountDownLatch slow = gate;
    startWorkers(1, handler(UnaryOperator.identity()));
    Future<InferenceResult> stuck = submit(Requests.withoutDeadline());
    eventually("a batch is in work", () -> batches.size() == 1);
    gate = new CountDownLatch(0);
    startWorkers(1, handler(UnaryOperator.identity()));
    for (int i = 0; i < 10; i++) {
      assertThat(await(submit(Requests.withoutDeadline()))).isInstanceOf(Prediction.class);
    }
    assertThat(stuck.isComplete()).isFalse();
    slow.countDown();
    await(stuck);
  }

  @Test
  void requestsBeyondTheBoundAreRefusedAndTheOthersAnswered() throws Exception {
    Future<InferenceResult> first = occupy();
    List<Future<InferenceResult>> accepted = submit(QUEUE_BOUND);
    awaitWaiting(QUEUE_BOUND);
    Rejection refused = (Rejection) await(submit(Requests.withoutDeadline()));
    assertThat(refused.reason()).isEqualTo(RejectionReason.OVERLOADED);
    assertThat(refused.retryAfter()).isPresent();
    gate.countDown();
    await(first);
    for (Future<InferenceResult> result : accepted) {
      assertThat(await(result)).isInstanceOf(Prediction.class);
    }
  }

  @Test
  void whatExpiresWhileItWaitsIsAnsweredSoAndNeverWorkedOn() throws Exception {
    Future<InferenceResult> first = occupy();
    InferenceRequest request = Requests.until(Instant.now().plusMillis(100));
    Rejection expired = (Rejection) await(submit(request));
    assertThat(expired.reason()).isEqualTo(RejectionReason.DEADLINE_EXCEEDED);
    gate.countDown();
    await(first);
    assertThat(workedOn()).doesNotContain(request.id());
  }

  @Test
  void aWorkerThatIsStuckDoesNotKeepTheClientBeyondTheDeadline() throws Exception {
    gate = new CountDownLatch(1);
    startWorkers(1, handler(UnaryOperator.identity()));
    InferenceRequest request = Requests.until(Instant.now().plusMillis(200));
    Rejection expired = (Rejection) await(submit(request));
    assertThat(expired.reason()).isEqualTo(RejectionReason.DEADLINE_EXCEEDED);
  }

  @Test
  void everyResultIsToldToListenersOnce() throws Exception {
    List<InferenceResult> heard = new CopyOnWriteArrayList<>();
    client.onResult(heard::add);
    startWorkers(1, handler(UnaryOperator.identity()));
    InferenceResult result = await(submit(Requests.withoutDeadline()));
    assertThat(heard).containsExactly(result);
  }

  @Test
  void capacityTellsWorkersModelsAndSpeed() throws Exception {
    startWorkers(2, handler(UnaryOperator.identity()));
    await(submit(Requests.withoutDeadline()));
    eventually("workers are idle", () -> client.capacity().busyWorkers() == 0);
    eventually("their speed is known", () -> client.capacity().throughput().isPresent());
    InferenceCapacity capacity = client.capacity();
    assertThat(capacity.models()).containsExactly(Requests.MODEL);
    assertThat(capacity.bound()).isEqualTo(QUEUE_BOUND);
  }

  @Test
  void eachWorkerKeepsItsThread() throws Exception {
    startWorkers(1, handler(UnaryOperator.identity()));
    for (int i = 0; i < 20; i++) {
      await(submit(Requests.withoutDeadline()));
    }
    assertThat(threads).hasSize(1);
  }
}
