package io.fieldmark.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.fieldmark.domain.Feedback;
import io.fieldmark.quality.Calibration.Band;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void eachBandSetsItsMeanConfidenceAgainstTheShareThatWasRight() {
    Calibration calibration =
        Calibration.of(List.of(Said.right(0.95), Said.right(0.97), Said.wrong(0.99)));
    Band top = calibration.bands().get(9);
    assertThat(top.name()).isEqualTo("0.9-1.0");
    assertThat(top.share()).isEqualTo(new Share(2, 3));
    assertThat(top.confidence()).isCloseTo(0.97, offset(1e-12));
  }

  /**
   * Band 0.9–1.0: 2 of 4 right at a mean of 0.95, gap 0.45; band 0.6–0.7: 1 of 1 at 0.65, gap 0.35.
   * (4 × 0.45 + 1 × 0.35) / 5 = 0.43.
   */
  @Test
  void theErrorIsTheMeanGapWeightedBySamples() {
    Calibration calibration =
        Calibration.of(
            List.of(
                Said.right(0.95),
                Said.right(0.95),
                Said.wrong(0.95),
                Said.wrong(0.95),
                Said.right(0.65)));
    assertThat(calibration.error().orElseThrow()).isCloseTo(0.43, offset(1e-12));
    assertThat(calibration.samples()).isEqualTo(5);
  }

  /** 9 of 10 right at 0.9: nothing to mend. */
  @Test
  void thereIsNoErrorWhereConfidenceMeansWhatItSays() {
    List<Feedback> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(i == 0 ? Said.wrong(0.9) : Said.right(0.9));
    }
    assertThat(Calibration.of(answers).error().orElseThrow()).isCloseTo(0, offset(1e-12));
  }

  @Test
  void aBorderBelongsToTheBandAboveAndOneToTheLast() {
    Calibration calibration =
        Calibration.of(List.of(Said.right(0.0), Said.right(0.1), Said.right(0.5), Said.right(1.0)));
    assertThat(calibration.bands().stream().map(band -> band.share().samples()))
        .containsExactly(1L, 1L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L);
  }

  @Test
  void withoutFeedbackThereIsNoErrorToTell() {
    Calibration none = Calibration.of(List.of());
    assertThat(none.bands())
        .extracting(Band::name)
        .hasSize(10)
        .startsWith("0.0-0.1", "0.1-0.2")
        .endsWith("0.9-1.0");
    assertThat(none.error()).isEmpty();
    assertThat(none.bands().get(3).confidence()).isNaN();
  }
}
