package io.fieldmark.inference.drift;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ConfidenceBand;
import io.fieldmark.domain.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sorts answers into cells, by band of confidence and by label. What is not identified counts as
 * {@link #UNKNOWN}, whatever the best guess was, as it does in {@code fieldmark_predictions_total}:
 * guesses at pictures without a known animal are no mix of animals.
 */
public final class AnswerGrid {
  public static final String UNKNOWN = "unknown";

  private final List<String> labels;
  private final int columns;
  private final Map<String, Integer> columnOf = new HashMap<>();

  /**
   * @param labels of the model, without {@link #UNKNOWN}
   */
  public AnswerGrid(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.columns = labels.size() + 1;
    labels.forEach(label -> columnOf.put(label, columnOf.size()));
  }

  public int cells() {
    return ConfidenceBand.COUNT * columns;
  }

  public int cell(Classification best, Verdict verdict) {
    int band = ConfidenceBand.of(best.confidence());
    boolean identified = verdict.equals(Verdict.IDENTIFIED);
    int column = identified ? columnOf.get(best.label()) : columns - 1;
    return band * columns + column;
  }

  /** Counts by band, of counts by cell. */
  long[] byBand(long[] counts) {
    long[] bands = new long[ConfidenceBand.COUNT];
    for (int cell = 0; cell < counts.length; cell++) {
      bands[cell / columns] += counts[cell];
    }
    return bands;
  }

  /** Counts by label in the model's order, {@link #UNKNOWN} last, of counts by cell. */
  long[] byLabel(long[] counts) {
    long[] byLabel = new long[columns];
    for (int cell = 0; cell < counts.length; cell++) {
      byLabel[cell % columns] += counts[cell];
    }
    return byLabel;
  }

  /** Named counts in the order of {@link #byLabel}; labels that are not named count 0. */
  long[] inOrder(Map<String, Long> counts) {
    long[] ordered = new long[columns];
    for (int column = 0; column < labels.size(); column++) {
      ordered[column] = counts.getOrDefault(labels.get(column), 0L);
    }
    ordered[columns - 1] = counts.getOrDefault(UNKNOWN, 0L);
    return ordered;
  }

  SortedMap<String, Long> named(long[] byLabel) {
    SortedMap<String, Long> named = new TreeMap<>();
    for (int column = 0; column < labels.size(); column++) {
      named.put(labels.get(column), byLabel[column]);
    }
    named.put(UNKNOWN, byLabel[columns - 1]);
    return named;
  }
}
