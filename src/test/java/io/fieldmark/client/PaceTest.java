package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - MILLI);

  @Test
  void turnsAreASteadyTimeApart() {
    Pace pace = new Pace(100, now::get);
    assertThat(pace.waitNanos()).isZero();
    assertThat(pace.waitNanos()).isEqualTo(10 * MILLI);
    now.addAndGet(15 * MILLI);
    assertThat(pace.waitNanos()).isEqualTo(5 * MILLI);
  }

  @Test
  void lostTimeIsNotMadeUpFor() {
    Pace pace = new Pace(100, now::get);
    assertThat(pace.waitNanos()).isZero();
    now.addAndGet(1000 * MILLI);
    assertThat(pace.waitNanos()).isZero();
    assertThat(pace.waitNanos()).isEqualTo(10 * MILLI);
  }

  @Test
  void withoutARateNobodyWaits() {
    Pace pace = new Pace(0, now::get);
    for (int i = 0; i < 100; i++) {
      assertThat(pace.waitNanos()).isZero();
    }
  }
}
