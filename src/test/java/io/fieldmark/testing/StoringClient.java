package io.fieldmark.testing;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stores photos in memory and answers them when the test says so. As with a broker, a result
 * reaches everybody, and who has cancelled is never answered.
 */
public final class StoringClient implements InferenceClient {
  private static final long PATIENCE_SECONDS = 20;

  private final boolean stores;
  private final boolean atOnce;
  private final BlockingQueue<Submitted> submitted = new LinkedBlockingQueue<>();
  private final Map<RequestId, Submitted> unanswered = new ConcurrentHashMap<>();
  private final List<RequestId> cancelled = new CopyOnWriteArrayList<>();
  private final List<Consumer<InferenceResult>> listeners = new CopyOnWriteArrayList<>();
  private volatile int waiting;

  private StoringClient(boolean stores, boolean atOnce) {
    this.stores = stores;
    this.atOnce = atOnce;
  }

  /** Acknowledges when the test says so. */
  public static StoringClient acknowledgingLater() {
    return new StoringClient(true, false);
  }

  public static StoringClient acknowledgingAtOnce() {
    return new StoringClient(true, true);
  }

  /** Like the event bus: what it takes in is only promised while somebody waits. */
  public static StoringClient storingNothing() {
    return new StoringClient(false, false);
  }

  @Override
  public Submission submit(InferenceRequest request) {
    Submitted one = new Submitted(request, Vertx.currentContext());
    unanswered.put(request.id(), one);
    if (atOnce || !stores) {
      one.stored.complete(stores);
    }
    submitted.add(one);
    return new Submission(one.stored.future(), one.answer.future());
  }

  /** The next photo that was handed over and not yet taken. */
  public Submitted take() throws InterruptedException {
    Submitted next = submitted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("No photo was handed over");
    }
    return next;
  }

  public boolean hasMore() {
    return !submitted.isEmpty();
  }

  public List<RequestId> cancelled() {
    return cancelled;
  }

  /** One photo a second is answered, and so many wait. */
  public void waiting(int photos) {
    waiting = photos;
  }

  @Override
  public void cancel(RequestId id) {
    cancelled.add(id);
  }

  @Override
  public void onResult(Consumer<InferenceResult> listener) {
    listeners.add(listener);
  }

  @Override
  public boolean stores() {
    return stores;
  }

  @Override
  public boolean mayStillAnswer(RequestId id) {
    return stores && unanswered.containsKey(id);
  }

  @Override
  public InferenceCapacity capacity() {
    return new InferenceCapacity(
        true,
        waiting,
        100_000,
        1,
        1,
        OptionalDouble.of(1),
        Duration.ZERO,
        Duration.ZERO,
        List.of(Requests.MODEL));
  }

  /** A photo as it was handed over. Futures complete on the context that it came from. */
  public final class Submitted {
    private final InferenceRequest request;
    private final Context context;
    private final Promise<Boolean> stored = Promise.promise();
    private final Promise<InferenceResult> answer = Promise.promise();

    private Submitted(InferenceRequest request, Context context) {
      this.request = request;
      this.context = context;
    }

    public InferenceRequest request() {
      return request;
    }

    public Submitted store(boolean safe) {
      context.runOnContext(now -> stored.complete(safe));
      return this;
    }

    public void predict() {
      answer(Requests.answer(request));
    }

    /** The result becomes known to everybody, and then to the waiter, if there still is one. */
    public void answer(InferenceResult result) {
      unanswered.remove(request.id());
      context.runOnContext(
          now -> {
            listeners.forEach(listener -> listener.accept(result));
            if (!stores || !cancelled.contains(request.id())) {
              answer.complete(result);
            }
          });
    }
  }
}
