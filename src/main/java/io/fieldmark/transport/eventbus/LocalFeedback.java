package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.FeedbackChannel;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Feedback within one JVM: whoever is to hear it is here, and it ends with the process. */
final class LocalFeedback implements FeedbackChannel {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** One at a time, so that all listeners hear the same order. */
  @Override
  public synchronized Future<Boolean> publish(Feedback feedback) {
    listeners.forEach(listener -> listener.heard(feedback, true));
    return Future.succeededFuture(true);
  }

  @Override
  public synchronized Future<Boolean> withdraw(RequestId id) {
    listeners.forEach(listener -> listener.withdrawn(id));
    return Future.succeededFuture(true);
  }

  @Override
  public void onFeedback(Listener listener) {
    listeners.add(listener);
  }
}
