package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  /** Long enough for what was committed to be judged. */
  private void committed(long offset) {
    for (int look = 0; look < 12; look++) {
      ledger.committed(0, offset);
    }
  }

  @Test
  void isBalancedWhenEveryCommittedPhotoHasItsResult() {
    committed(5);
    for (long offset = 5; offset < 9; offset++) {
      ledger.answered(0, offset);
    }
    committed(9);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void countsCommittedPhotosWithoutAResult() {
    committed(5);
    ledger.answered(0, 5);
    ledger.answered(0, 8);
    committed(9);
    assertThat(ledger.imbalance()).isEqualTo(2);
    ledger.answered(0, 6);
    ledger.answered(0, 7);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void doesNotJudgeWhatWasCommittedBeforeItLooked() {
    committed(1_000);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void givesResultsTimeToArrive() {
    committed(5);
    ledger.committed(0, 9);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void countsAnswersThatWereReadBeforeItsFirstLook() {
    ledger.answered(0, 4);
    ledger.answered(0, 6);
    ledger.committed(0, 5);
    ledger.answered(0, 5);
    committed(7);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void tellsTheFirstPhotoThatIsNotAnsweredAndHowManyBehindItAre() {
    committed(5);
    ledger.answered(0, 5);
    ledger.answered(0, 7);
    assertThat(ledger.firstUnanswered(0, 5)).isEqualTo(6);
    assertThat(ledger.answeredAhead(0)).isEqualTo(1);
    assertThat(ledger.firstUnanswered(3, 5)).isEqualTo(5);
  }

  @Test
  void aTopicThatWasMadeAnewBeginsAnew() {
    committed(500);
    ledger.beginAnew();
    ledger.committed(0, 0);
    assertThat(ledger.firstUnanswered(0, 0)).isZero();
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void duplicatesChangeNothing() {
    committed(5);
    ledger.answered(0, 5);
    ledger.answered(0, 5);
    committed(6);
    assertThat(ledger.imbalance()).isZero();
  }

  @Test
  void answersAheadOfTheCommitAreNoImbalance() {
    committed(5);
    ledger.answered(0, 7);
    committed(5);
    assertThat(ledger.imbalance()).isZero();
  }
}
