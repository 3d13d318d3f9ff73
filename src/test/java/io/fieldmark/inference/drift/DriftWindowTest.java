package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriftWindowTest {
  private final DriftWindow window = new DriftWindow(3, 2);

  @Test
  void countsUntilItIsFull() {
    assertThat(window.held()).isZero();
    assertThat(window.add(0)).isEqualTo(1);
    assertThat(window.add(1)).isEqualTo(2);
    assertThat(window.counts()).containsExactly(1, 1);
  }

  @Test
  void theOldestAnswerMakesRoom() {
    window.add(0);
    window.add(0);
    window.add(1);
    assertThat(window.add(1)).isEqualTo(3);
    assertThat(window.counts()).containsExactly(1, 2);
    window.add(1);
    assertThat(window.counts()).containsExactly(0, 3);
    assertThat(window.held()).isEqualTo(3);
  }
}
