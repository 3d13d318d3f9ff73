package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StabilityIndexTest {
  private static double index(long[] expected, long... observed) {
    return StabilityIndex.of(expected, observed);
  }

  @Test
  void nothingHasMovedWhenTheSharesAreTheSame() {
    assertThat(index(new long[] {10, 20, 30}, 10, 20, 30)).isZero();
    assertThat(index(new long[] {1_000, 3_000}, 10_000, 30_000)).isLessThan(1e-7);
  }

  @Test
  void theSharesOfEveryBinCount() {
    // 50.5 of 101 each, then 80.5 and 20.5: 0.297030 × ln 1.594059 + 0.297030 × ln 2.463415.
    assertThat(index(new long[] {50, 50}, 80, 20)).isCloseTo(0.406287, within(1e-6));
  }

  @Test
  void oneAnswerInAnEmptyBinIsNoDrift() {
    // From 0.5 to 1.5 of 101: 0.009901 × ln 3 + 0.009901 × ln (100.5 / 99.5).
    assertThat(index(new long[] {100, 0}, 99, 1)).isCloseTo(0.010976, within(1e-6));
  }

  @Test
  void binsThatAreEmptyOnEitherSideGiveAFiniteFigure() {
    // 99 / 101 of the answers moved, twice, each weighing ln 201.
    assertThat(index(new long[] {100, 0}, 0, 100)).isCloseTo(10.501594, within(1e-6));
    assertThat(index(new long[] {0, 0}, 0, 0)).isZero();
  }

  @Test
  void itDoesNotMatterWhichCameFirst() {
    long[] one = {7, 0, 90, 3};
    long[] other = {20, 5, 70, 5};
    assertThat(index(one, other)).isCloseTo(index(other, one), within(1e-12)).isPositive();
  }
}
