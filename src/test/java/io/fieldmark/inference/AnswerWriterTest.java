package io.fieldmark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.Verdict;
import io.fieldmark.testing.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
  private final AnswerWriter answers = new AnswerWriter(Requests.MODEL);

  @Test
  void confidencesAreProbabilities() {
    List<Classification> all = answers.classifications(new float[] {1, 3, 2}, 10);
    assertThat(all).extracting(Classification::label).containsExactly("dog", "owl", "cat");
    assertThat(all.stream().mapToDouble(Classification::confidence).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(all.get(0).confidence()).isCloseTo(0.6652, within(1e-4));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    assertThat(answers.classifications(new float[] {1e30f, 0, -1e30f}, 1).get(0))
        .isEqualTo(new Classification("cat", 1));
  }

  @Test
  void theVerdictTurnsAtTheThreshold() {
    assertThat(answers.verdict(new float[] {3, 0, 0})).isEqualTo(Verdict.IDENTIFIED);
    assertThat(answers.verdict(new float[] {1, 0.9f, 0.8f})).isEqualTo(Verdict.NOT_SURE);
  }

  @Test
  void everyScoreIsHigherForAClearAnswerThanForAFlatOne() {
    for (VerdictScore score : VerdictScore.values()) {
      double clear = score.of(new float[] {9, 1, 0}, 1);
      double flat = score.of(new float[] {1.2f, 1, 0.9f}, 1);
      assertThat(clear).as(score.name()).isGreaterThan(flat);
    }
  }

  @Test
  void scoresAreWhatTheirFormulasSay() {
    float[] logits = {2, 1, 0};
    assertThat(VerdictScore.MAX_PROBABILITY.of(logits, 1)).isCloseTo(0.66524, within(1e-5));
    assertThat(VerdictScore.ENERGY.of(logits, 1)).isCloseTo(2.40761, within(1e-5));
    assertThat(VerdictScore.ENERGY.of(logits, 2)).isCloseTo(3.36054, within(1e-4));
    assertThat(VerdictScore.MARGIN.of(logits, 1)).isCloseTo(1, within(1e-6));
    assertThat(VerdictScore.NEG_ENTROPY.of(logits, 1)).isCloseTo(-0.83240, within(1e-5));
  }

  @Test
  void scoresAreFoundByTheirNamesOnly() {
    assertThat(VerdictScore.named("energy")).contains(VerdictScore.ENERGY);
    assertThat(VerdictScore.named("ENERGY")).isEmpty();
    assertThat(VerdictScore.named("luck")).isEmpty();
  }
}
