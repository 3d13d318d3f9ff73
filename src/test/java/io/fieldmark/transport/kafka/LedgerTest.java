package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final int MANY_LOOKS = 30;
  private final Ledger ledger = new Ledger();

  private void look(long committed) {
    for (int i = 0; i < MANY_LOOKS; i++) {
      ledger.committed(0, committed);
    }
  }

  @Test
  void countsCommittedOffsetsThatNobodyAnswered() {
    ledger.committed(0, 100);
    ledger.answered(0, 100);
    ledger.answered(0, 102);
    look(104);
    assertThat(ledger.imbalance()).isEqualTo(2);
    ledger.answered(0, 103);
    ledger.answered(0, 101);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void answersReadBeforeTheFirstLookCount() {
    ledger.answered(0, 99);
    ledger.answered(0, 101);
    ledger.committed(0, 100);
    ledger.answered(0, 100);
    look(102);
    assertThat(ledger.imbalance()).isZero();
  }
}
