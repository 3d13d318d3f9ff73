package io.fieldmark.inference.drift;

import io.fieldmark.config.DriftConfig;
import io.fieldmark.domain.Prediction;
import io.fieldmark.metrics.DriftMetrics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees every answer of this process, and tells how far the last ones are from the reference. Safe
 * for any thread.
 */
public final class DriftWatch {
  private final DriftMetrics metrics;
  private final Optional<Comparison> comparison;

  private DriftWatch(DriftMetrics metrics, Optional<Comparison> comparison) {
    this.metrics = metrics;
    this.comparison = comparison;
  }

  /**
   * Registers what it measures. Without a reference that is what the pictures look like.
   *
   * @param labels of the model that answers
   */
  public static DriftWatch start(
      Optional<DriftReference> reference,
      List<String> labels,
      DriftConfig config,
      DriftMetrics metrics) {
    return new DriftWatch(
        metrics, reference.map(known -> new Comparison(known, labels, config, metrics)));
  }

  /**
   * @param picture what the network saw, RGB bytes row by row from its start on
   */
  public void answered(Prediction prediction, ByteBuffer picture, int width, int height) {
    PictureStatistics statistics = PictureStatistics.of(picture, width, height);
    metrics.picture(statistics.brightness(), statistics.sharpness());
    if (comparison.isPresent()) {
      comparison.get().answered(prediction);
    }
  }

  /** The figures appear with the least number of answers that say anything. */
  private static final class Comparison {
    private final AnswerGrid grid;
    private final DriftWindow window;
    private final long[] referenceBands;
    private final long[] referenceLabels;
    private final int minimum;
    private final DriftMetrics metrics;
    private final AtomicBoolean shown = new AtomicBoolean();

    Comparison(
        DriftReference reference, List<String> labels, DriftConfig config, DriftMetrics metrics) {
      this.grid = new AnswerGrid(labels);
      this.window = new DriftWindow(config.window(), grid.cells());
      this.referenceBands = reference.byBand();
      this.referenceLabels = grid.inOrder(reference.labels());
      this.minimum = config.minAnswers();
      this.metrics = metrics;
      metrics.registerReference(reference.identified(), window::held);
    }

    void answered(Prediction prediction) {
      int cell = grid.cell(prediction.best(), prediction.verdict());
      if (window.add(cell) >= minimum && shown.compareAndSet(false, true)) {
        metrics.registerIndices(
            () -> StabilityIndex.of(referenceBands, grid.byBand(window.counts())),
            () -> StabilityIndex.of(referenceLabels, grid.byLabel(window.counts())));
      }
    }
  }
}
