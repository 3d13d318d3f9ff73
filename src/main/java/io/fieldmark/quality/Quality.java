package io.fieldmark.quality;

import io.fieldmark.domain.Feedback;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How good the answers are, by what was said of them.
 *
 * @param accuracy one for each window
 * @param calibration of the longest window
 * @param confusion of the last day
 */
public record Quality(Map<Window, Share> accuracy, Calibration calibration, Confusion confusion) {
  /**
   * @param feedback one for each answer, in any order
   * @param labels that the model knows
   */
  public static Quality of(Collection<Feedback> feedback, Set<String> labels, Instant now) {
    Map<Window, List<Feedback>> within = new EnumMap<>(Window.class);
    Map<Window, Share> accuracy = new EnumMap<>(Window.class);
    for (Window window : Window.values()) {
      List<Feedback> answers = within(feedback, window, now);
      long right = answers.stream().filter(Feedback::correct).count();
      within.put(window, answers);
      accuracy.put(window, new Share(right, answers.size()));
    }
    return new Quality(
        accuracy,
        Calibration.of(within.get(Window.WEEK)),
        Confusion.of(within.get(Window.DAY), labels));
  }

  private static List<Feedback> within(Collection<Feedback> all, Window window, Instant now) {
    Instant since = now.minus(window.length());
    return all.stream().filter(one -> !one.at().isBefore(since)).toList();
  }
}
