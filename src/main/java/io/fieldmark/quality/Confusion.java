package io.fieldmark.quality;

import io.fieldmark.domain.Feedback;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was taken for what: of answers that were wrong or for which a label was given.
 *
 * @param cells those that are not empty, the fullest first; at most (labels + 1) × (labels + 2)
 */
public record Confusion(List<Cell> cells) {
  /** Stands for every label that the model does not know. */
  public static final String OTHER = "other";

  /** What a wrong answer should have been when nobody said. */
  public static final String UNKNOWN = "unknown";

  public record Cell(String predicted, String actual, long count) {}

  static Confusion of(Collection<Feedback> answers, Set<String> labels) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (Feedback answer : answers) {
      if (!answer.correct() || answer.label().isPresent()) {
        String actual = answer.label().map(said -> known(said, labels)).orElse(UNKNOWN);
        counts
            .computeIfAbsent(known(answer.predicted(), labels), predicted -> new TreeMap<>())
            .merge(actual, 1L, Long::sum);
      }
    }
    return new Confusion(
        counts.entrySet().stream()
            .flatMap(
                row ->
                    row.getValue().entrySet().stream()
                        .map(cell -> new Cell(row.getKey(), cell.getKey(), cell.getValue())))
            .sorted(Comparator.comparingLong(Cell::count).reversed())
            .toList());
  }

  /** The label itself where it is one of these, so that there are no more values than labels. */
  public static String known(String label, Set<String> labels) {
    return labels.contains(label) ? label : OTHER;
  }
}
