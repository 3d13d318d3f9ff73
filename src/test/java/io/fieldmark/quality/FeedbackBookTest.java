package io.fieldmark.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Feedback;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedbackBookTest {
  private final FeedbackBook book = new FeedbackBook(3);

  private static Feedback changedMind(Feedback before) {
    return new Feedback(
        before.id(),
        before.model(),
        before.predicted(),
        before.confidence(),
        before.verdict(),
        !before.correct(),
        Optional.empty(),
        before.at());
  }

  @Test
  void theLastOneOfAnAnswerCounts() {
    Feedback first = Said.right(0.9);
    book.add(first);
    book.add(changedMind(first));
    assertThat(book.entries(Said.NOW)).containsExactly(changedMind(first));
  }

  @Test
  void theOneSpokenOfTheLongestAgoMakesRoom() {
    List<Feedback> four =
        List.of(Said.right(0.1), Said.right(0.2), Said.right(0.3), Said.right(0.4));
    book.add(four.get(0));
    book.add(four.get(1));
    book.add(four.get(2));
    book.add(changedMind(four.get(0)));
    book.add(four.get(3));
    assertThat(book.entries(Said.NOW))
        .containsExactly(four.get(2), changedMind(four.get(0)), four.get(3));
    assertThat(book.size()).isEqualTo(book.bound());
  }

  /** As a compacted topic does it. */
  @Test
  void whoeverIsToldOnlyTheLastOfEachHoldsTheSame() {
    List<Feedback> said =
        List.of(Said.right(0.1), Said.right(0.2), Said.wrong(0.3), Said.right(0.4));
    said.forEach(book::add);
    book.add(changedMind(said.get(2)));
    FeedbackBook later = new FeedbackBook(3);
    later.add(said.get(0));
    later.add(said.get(1));
    later.add(said.get(3));
    later.add(changedMind(said.get(2)));
    assertThat(later.entries(Said.NOW)).isEqualTo(book.entries(Said.NOW));
  }

  @Test
  void whatIsTakenBackCountsNoMore() {
    Feedback said = Said.right(0.9);
    book.add(said);
    book.add(Said.wrong(0.4));
    book.remove(said.id());
    book.remove(said.id());
    assertThat(book.entries(Said.NOW)).hasSize(1).doesNotContain(said);
  }

  @Test
  void whatNoWindowCountsAnyMoreIsForgotten() {
    book.add(Said.right(Duration.ofDays(6)));
    book.add(Said.right(Duration.ZERO));
    assertThat(book.entries(Said.NOW)).hasSize(2);
    assertThat(book.entries(Said.NOW.plus(Duration.ofDays(2)))).hasSize(1);
    assertThat(book.size()).isEqualTo(1);
  }
}
