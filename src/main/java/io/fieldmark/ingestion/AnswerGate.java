package io.fieldmark.ingestion;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds answers back for the moment in which the door is closed. A client that has its answer may
 * be connecting again, or sending its next request, just then, and would be cut off; one that waits
 * for its answer is not. Safe for any thread.
 */
public final class AnswerGate {
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

  /** Runs the answer now, or on the caller's context when the gate is opened again. */
  void pass(Runnable answer) {
    if (!hold(answer)) {
      answer.run();
    }
  }

  private synchronized boolean hold(Runnable answer) {
    if (holding) {
      Context context = Vertx.currentContext();
      held.add(() -> context.runOnContext(now -> answer.run()));
    }
    return holding;
  }

  public synchronized void close() {
    holding = true;
  }

  public synchronized void open() {
    holding = false;
    held.forEach(Runnable::run);
    held.clear();
  }
}
