package io.fieldmark.ingestion;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.RequestId;
import io.fieldmark.metrics.FeedbackMetrics;
import io.fieldmark.quality.Confusion;
import io.fieldmark.quality.FeedbackBook;
import io.fieldmark.quality.Quality;
import io.fieldmark.transport.FeedbackChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reckons with all feedback that is heard, however much of it is asked for: what was computed
 * within the last second is told again. Safe for any thread.
 */
public final class FeedbackTally implements FeedbackChannel.Listener {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final FeedbackBook book;
  private final Supplier<List<ModelDescription>> models;
  private final FeedbackMetrics metrics;
  private final Clock clock;
  private final Map<String, Reckoned> reckoned = new HashMap<>();
  private volatile Set<String> labels = Set.of();

  private record Reckoned(Quality quality, Instant at) {}

  /**
   * @param models that answer now; what they know is remembered when none does
   */
  public FeedbackTally(
      FeedbackBook book,
      Supplier<List<ModelDescription>> models,
      FeedbackMetrics metrics,
      Clock clock) {
    this.book = book;
    this.models = models;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * @param live false for what was said before this process began, and was counted by others
   */
  @Override
  public void heard(Feedback feedback, boolean live) {
    book.add(feedback);
    if (live) {
      metrics.counted(feedback.correct(), Confusion.known(feedback.predicted(), labels()));
    }
  }

  @Override
  public void withdrawn(RequestId id) {
    book.remove(id);
  }

  /** Takes as long as there is feedback to look at: not for an event loop. */
  public void refresh() {
    Instant now = clock.instant();
    metrics.show(Quality.of(book.entries(now), labels(), now));
  }

  /** Empty for a model that does not answer now. Takes as long as {@link #refresh}. */
  synchronized Optional<Quality> of(String model) {
    List<ModelDescription> present = models.get();
    Set<String> names =
        present.stream().map(one -> one.reference().name()).collect(Collectors.toSet());
    reckoned.keySet().retainAll(names);
    return names.contains(model)
        ? Optional.of(reckoned.compute(model, (name, before) -> reckon(name, before)).quality())
        : Optional.empty();
  }

  private Reckoned reckon(String model, Reckoned before) {
    Instant now = clock.instant();
    if (before != null && now.isBefore(before.at().plus(FRESH))) {
      return before;
    }
    Collection<Feedback> ofModel =
        book.entries(now).stream().filter(one -> one.model().name().equals(model)).toList();
    return new Reckoned(Quality.of(ofModel, labels(), now), now);
  }

  private Set<String> labels() {
    Set<String> present =
        models.get().stream()
            .flatMap(model -> model.labels().stream())
            .collect(Collectors.toUnmodifiableSet());
    if (!present.isEmpty() && !present.equals(labels)) {
      labels = present;
      metrics.registerLabels(present);
    }
    return labels;
  }
}
