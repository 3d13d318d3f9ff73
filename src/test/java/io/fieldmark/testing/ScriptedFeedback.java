package io.fieldmark.testing;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.FeedbackChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Feedback that the test hands on, refuses or holds. */
public final class ScriptedFeedback implements FeedbackChannel {
  private static final long PATIENCE_SECONDS = 20;

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Promise<Boolean>> held = new LinkedBlockingQueue<>();
  private volatile Future<Boolean> outcome = Future.succeededFuture(true);
  private volatile boolean holds;

  /** As when the broker is away. */
  public void refuseAll() {
    outcome = Future.succeededFuture(false);
  }

  public void takeAll() {
    outcome = Future.succeededFuture(true);
  }

  public void hold() {
    holds = true;
  }

  public void awaitHeld() throws InterruptedException {
    Promise<Boolean> one = held.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (one == null) {
      throw new AssertionError("No feedback came");
    }
    held.add(one);
  }

  /** Lets everything that is held through, and what comes from now on. */
  public void release() {
    holds = false;
    held.forEach(one -> one.tryComplete(true));
    held.clear();
  }

  public void hear(Feedback feedback, boolean live) {
    listeners.forEach(listener -> listener.heard(feedback, live));
  }

  @Override
  public Future<Boolean> publish(Feedback feedback) {
    if (holds) {
      Promise<Boolean> one = Promise.promise();
      held.add(one);
      return one.future();
    }
    if (outcome.result()) {
      hear(feedback, true);
    }
    return outcome;
  }

  @Override
  public Future<Boolean> withdraw(RequestId id) {
    if (outcome.result()) {
      listeners.forEach(listener -> listener.withdrawn(id));
    }
    return outcome;
  }

  @Override
  public void onFeedback(Listener listener) {
    listeners.add(listener);
  }
}
