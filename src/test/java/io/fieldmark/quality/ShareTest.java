package io.fieldmark.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
  /**
   * By hand with z² = 3.841459. 8 of 10: centre (0.8 + z²/20) / (1 + z²/10) = 0.716740, half width
   * 1.959964 × √(0.016 + z²/400) / (1 + z²/10) = 0.226577. None of 10: z² / (10 + z²) = 0.277533.
   * One of one: 1 / (1 + z²) = 0.206549.
   */
  @ParameterizedTest
  @CsvSource({
    "8, 10, 0.8, 0.490163, 0.943317",
    "0, 10, 0.0, 0.0, 0.277533",
    "10, 10, 1.0, 0.722467, 1.0",
    "1, 1, 1.0, 0.206549, 1.0",
    "50, 100, 0.5, 0.403832, 0.596168"
  })
  void theIntervalIsWilsons(long right, long samples, double value, double lower, double upper) {
    Share share = new Share(right, samples);
    assertThat(share.value()).isEqualTo(value);
    assertThat(share.lower()).isCloseTo(lower, offset(1e-6));
    assertThat(share.upper()).isCloseTo(upper, offset(1e-6));
  }

  @Test
  void withoutSamplesNothingIsKnown() {
    Share none = new Share(0, 0);
    assertThat(none.isKnown()).isFalse();
    assertThat(none.value()).isNaN();
    assertThat(none.lower()).isZero();
    assertThat(none.upper()).isEqualTo(1);
  }

  @Test
  void moreRightOnesThanSamplesAreABug() {
    assertThatThrownBy(() -> new Share(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
