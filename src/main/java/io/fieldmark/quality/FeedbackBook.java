package io.fieldmark.quality;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last feedback on each answer, bounded by count and by the longest window. What it holds
 * depends only on the order in which it was told: whoever is told the last feedback of each id, in
 * the same order, holds the same, but for the places that withdrawals leave in a full book. Safe
 * for any thread.
 */
public final class FeedbackBook {
  private final int bound;
  private final Map<RequestId, Feedback> latest = new LinkedHashMap<>();

  /**
   * @param bound answers; beyond, the one that was spoken of the longest ago is forgotten
   */
  public FeedbackBook(int bound) {
    this.bound = bound;
  }

  public synchronized void add(Feedback feedback) {
    latest.remove(feedback.id());
    latest.put(feedback.id(), feedback);
    if (latest.size() > bound) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  public synchronized void remove(RequestId id) {
    latest.remove(id);
  }

  /** What still counts at this time. */
  public synchronized List<Feedback> entries(Instant now) {
    Instant since = now.minus(Window.WEEK.length());
    Iterator<Feedback> oldest = latest.values().iterator();
    while (oldest.hasNext() && oldest.next().at().isBefore(since)) {
      oldest.remove();
    }
    return List.copyOf(latest.values());
  }

  public synchronized int size() {
    return latest.size();
  }

  public int bound() {
    return bound;
  }
}
