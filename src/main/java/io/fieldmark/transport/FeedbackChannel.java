package io.fieldmark.transport;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.vertx.core.Future;

/**
 * Port of the ingestion side: what is said of answers goes to everybody who reckons with it. Safe
 * for any thread.
 */
public interface FeedbackChannel {
  /**
   * Completes on the caller's context with whether every listener, of this process and of the
   * others, hears this. Never fails.
   */
  Future<Boolean> publish(Feedback feedback);

  /**
   * Takes back what was said of an answer, if anything was. Completes on the caller's context with
   * whether every listener hears this. Never fails.
   */
  Future<Boolean> withdraw(RequestId id);

  /** To be called before anything is published. */
  void onFeedback(Listener listener);

  /** Must neither block nor throw. Is told in the same order in every process. */
  interface Listener {
    /**
     * @param live false for what was said before this process began
     */
    void heard(Feedback feedback, boolean live);

    /** From now on it is as if nothing had been said of this answer. */
    void withdrawn(RequestId id);
  }
}
