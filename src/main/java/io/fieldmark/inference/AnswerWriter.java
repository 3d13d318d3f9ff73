package io.fieldmark.inference;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.ModelDescription.VerdictRule;
import io.fieldmark.domain.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** From logits to what a person reads: animals with confidences, and whether to trust the best. */
public final class AnswerWriter {
  private final List<String> labels;
  private final VerdictRule rule;
  private final VerdictScore score;

  public AnswerWriter(ModelDescription model) {
    this.labels = model.labels();
    this.rule = model.verdict();
    this.score =
        VerdictScore.named(rule.score())
            .orElseThrow(
                () -> new IllegalArgumentException("verdict.score '%s'".formatted(rule.score())));
  }

  /** The {@code topK} most probable, or all when there are fewer. */
  public List<Classification> classifications(float[] logits, int topK) {
    double[] confidences = Softmax.of(logits);
    return IntStream.range(0, confidences.length)
        .mapToObj(i -> new Classification(labels.get(i), confidences[i]))
        .sorted(Comparator.comparingDouble(Classification::confidence).reversed())
        .limit(topK)
        .toList();
  }

  public Verdict verdict(float[] logits) {
    return score.of(logits, rule.temperature()) >= rule.threshold()
        ? Verdict.IDENTIFIED
        : Verdict.NOT_SURE;
  }
}
