package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ConfidenceBand;
import io.fieldmark.domain.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerGridTest {
  private final AnswerGrid grid = new AnswerGrid(List.of("cat", "dog"));
  private final long[] counts = new long[grid.cells()];

  private void count(String label, double confidence, Verdict verdict) {
    counts[grid.cell(new Classification(label, confidence), verdict)]++;
  }

  @Test
  void bandsBeginWithTheirLowerBoundAndTheLastHoldsCertainty() {
    count("cat", 0, Verdict.IDENTIFIED);
    count("cat", 0.0999, Verdict.IDENTIFIED);
    count("dog", 0.5, Verdict.IDENTIFIED);
    count("dog", 1, Verdict.IDENTIFIED);
    assertThat(grid.byBand(counts)).containsExactly(2, 0, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(ConfidenceBand.names()).hasSize(10).startsWith("0.0-0.1").endsWith("0.9-1.0");
  }

  @Test
  void guessesThatAreNotIdentifiedAreNoMixOfAnimals() {
    count("cat", 0.9, Verdict.IDENTIFIED);
    count("dog", 0.9, Verdict.IDENTIFIED);
    count("dog", 0.9, Verdict.NOT_SURE);
    count("dog", 0.9, new Verdict("of a later version"));
    assertThat(grid.byLabel(counts)).containsExactly(1, 1, 2);
    assertThat(grid.named(grid.byLabel(counts)))
        .isEqualTo(Map.of("cat", 1L, "dog", 1L, "unknown", 2L));
  }

  @Test
  void namedCountsStandInTheModelsOrder() {
    assertThat(grid.inOrder(Map.of("dog", 7L, "unknown", 3L))).containsExactly(0, 7, 3);
  }
}
