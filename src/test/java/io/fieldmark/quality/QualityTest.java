package io.fieldmark.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Feedback;
import io.fieldmark.quality.Confusion.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QualityTest {
  private static final Set<String> LABELS = Set.of("cat", "dog");

  private static Quality of(Feedback... feedback) {
    return Quality.of(List.of(feedback), LABELS, Said.NOW);
  }

  @Test
  void eachWindowCountsWhatIsNoOlderThanItIs() {
    Quality quality =
        of(
            Said.right(Duration.ofMinutes(59)),
            Said.wrong(Duration.ofHours(1).plusMillis(1)),
            Said.right(Duration.ofHours(24)),
            Said.wrong(Duration.ofDays(6)),
            Said.wrong(Duration.ofDays(7).plusMillis(1)));
    assertThat(quality.accuracy())
        .containsEntry(Window.HOUR, new Share(1, 1))
        .containsEntry(Window.DAY, new Share(2, 3))
        .containsEntry(Window.WEEK, new Share(2, 4));
    assertThat(quality.calibration().samples()).isEqualTo(4);
  }

  @Test
  void whatWasTakenForWhatIsCountedTheMostFrequentFirst() {
    Quality quality =
        of(Said.wrong("cat", "dog"), Said.wrong("dog", "cat"), Said.wrong("cat", "dog"));
    assertThat(quality.confusion().cells())
        .containsExactly(new Cell("cat", "dog", 2), new Cell("dog", "cat", 1));
  }

  @Test
  void foreignLabelsAreOneLabelAndAWrongAnswerWithoutAnyIsUnknown() {
    Quality quality =
        of(
            Said.wrong("cat", "axolotl"),
            Said.wrong("cat", "okapi"),
            Said.wrong(0.9),
            Said.wrong("gryphon", "cat"));
    assertThat(quality.confusion().cells())
        .containsExactlyInAnyOrder(
            new Cell("cat", "other", 2),
            new Cell("cat", "unknown", 1),
            new Cell("other", "cat", 1));
  }

  @Test
  void aRightAnswerIsConfusedWithNothingUnlessItsLabelIsGiven() {
    Feedback labelled = Said.feedback("cat", 0.9, true, Optional.of("cat"), Duration.ZERO);
    assertThat(of(Said.right(0.9)).confusion().cells()).isEmpty();
    assertThat(of(labelled).confusion().cells()).containsExactly(new Cell("cat", "cat", 1));
  }

  @Test
  void whatIsOlderThanADayIsNoLongerConfused() {
    assertThat(of(Said.wrong(Duration.ofHours(25))).confusion().cells()).isEmpty();
  }
}
