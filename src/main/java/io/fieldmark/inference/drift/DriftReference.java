package io.fieldmark.inference.drift;

import io.fieldmark.domain.ConfidenceBand;
import io.fieldmark.domain.ModelReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model's answers looked like when all was well.
 *
 * @param model that gave the answers; those of another model say nothing about its own
 * @param source where they were taken from, for people
 * @param bands counts in the order of {@link ConfidenceBand#names}
 * @param labels counts by label, {@link AnswerGrid#UNKNOWN} included
 */
public record DriftReference(
    ModelReference model, String source, List<Long> bands, SortedMap<String, Long> labels) {
  public DriftReference {
    bands = List.copyOf(bands);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /**
   * @param counts by cell of the grid
   */
  public static DriftReference of(
      ModelReference model, String source, AnswerGrid grid, long[] counts) {
    return new DriftReference(
        model,
        source,
        Arrays.stream(grid.byBand(counts)).boxed().toList(),
        grid.named(grid.byLabel(counts)));
  }

  public long answers() {
    return labels.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Share of the answers, from 0 to 1. */
  public double identified() {
    return 1 - (double) labels.getOrDefault(AnswerGrid.UNKNOWN, 0L) / answers();
  }

  long[] byBand() {
    return bands.stream().mapToLong(Long::longValue).toArray();
  }
}
