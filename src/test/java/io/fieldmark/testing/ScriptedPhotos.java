package io.fieldmark.testing;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.LabelledPhotos;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Photos that become what the test says. */
public final class ScriptedPhotos implements LabelledPhotos {
  private final Map<RequestId, String> labels = new ConcurrentHashMap<>();
  private volatile Keeping keeping = Keeping.KEPT;
  private volatile boolean forgets = true;

  public void become(Keeping what) {
    keeping = what;
  }

  public void refuseToForget() {
    forgets = false;
  }

  public void forgetAgain() {
    forgets = true;
  }

  /** What is kept, with its labels. */
  public Map<RequestId, String> labels() {
    return labels;
  }

  @Override
  public Future<Keeping> keep(Feedback feedback, String label) {
    if (keeping == Keeping.KEPT) {
      labels.put(feedback.id(), label);
    }
    return Future.succeededFuture(keeping);
  }

  @Override
  public Future<Boolean> forget(RequestId id) {
    if (forgets) {
      labels.remove(id);
    }
    return Future.succeededFuture(forgets);
  }
}
