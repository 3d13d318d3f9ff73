package io.fieldmark.management;

import io.fieldmark.domain.LifecycleState;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that knows whether the program starts, serves or drains. Safe for any thread. */
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final AtomicReference<LifecycleState> state =
      new AtomicReference<>(LifecycleState.STARTING);

  public LifecycleState state() {
    return state.get();
  }

  /** Going back is ignored: a start that completes while the program drains changes nothing. */
  public void advance(LifecycleState next) {
    LifecycleState before = state.getAndUpdate(now -> now.compareTo(next) < 0 ? next : now);
    if (before.compareTo(next) < 0) {
      LOG.debug("{} after {}", next, before);
    }
  }
}
