package io.fieldmark.bench;

import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.metrics.MeterRegistries;
import io.fieldmark.metrics.PipelineMetrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What inference's threads measure of each photo, and nothing else: between decoding and forward
 * pass, whose own time differs by more than this from start to start, it cannot be seen.
 */
final class InferenceMeters {
  private static final int ROUNDS = 60;
  private static final int WARM_UP = 20;
  private static final int PHOTOS = 2_000;

  private final PipelineMetrics metrics = new PipelineMetrics(MeterRegistries.create());
  private final List<Prediction> predictions = new ArrayList<>();

  InferenceMeters() {
    metrics.registerInference(MadeUpPrediction.LABELS);
    for (int i = 0; i < PHOTOS; i++) {
      predictions.add(MadeUpPrediction.of(i, (i + 0.5) / PHOTOS, timings(1_000L * i)));
    }
  }

  private static StageTimings timings(long nanos) {
    return StageTimings.NONE
        .with(Stage.QUEUE, nanos)
        .with(Stage.DECODE, nanos)
        .with(Stage.BATCH_WAIT, nanos)
        .with(Stage.INFER, nanos);
  }

  /** CPU-nanoseconds for each photo, in batches of one, of several rounds. */
  Spread nanos() {
    List<Double> rounds = new ArrayList<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double taken = round();
      if (round >= 0) {
        rounds.add(taken);
      }
    }
    return Spread.of(rounds, taken -> taken);
  }

  private double round() {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (Prediction prediction : predictions) {
      metrics.batch(1);
      metrics.predicted(prediction);
    }
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    return (double) taken / PHOTOS;
  }
}
