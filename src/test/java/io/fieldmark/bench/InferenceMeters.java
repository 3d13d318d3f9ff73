package io.fieldmark.bench;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.domain.Verdict;
import io.fieldmark.metrics.MeterRegistries;
import io.fieldmark.metrics.PipelineMetrics;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What inference's threads measure of each photo, and nothing else: between decoding and forward
 * pass, whose own time differs by more than this from start to start, it cannot be seen.
 */
final class InferenceMeters {
  private static final List<String> LABELS = List.of("cat", "dog", "owl");
  private static final int ROUNDS = 60;
  private static final int WARM_UP = 20;
  private static final int PHOTOS = 2_000;

  private final PipelineMetrics metrics = new PipelineMetrics(MeterRegistries.create());
  private final List<Prediction> predictions = new ArrayList<>();

  InferenceMeters() {
    metrics.registerInference(LABELS);
    for (int i = 0; i < PHOTOS; i++) {
      predictions.add(prediction(LABELS.get(i % LABELS.size()), (i + 0.5) / PHOTOS, 1_000L * i));
    }
  }

  private static Prediction prediction(String label, double confidence, long nanos) {
    return new Prediction(
        RequestId.next(Instant.EPOCH),
        new ModelReference("drawn", "1"),
        List.of(new Classification(label, confidence)),
        Verdict.IDENTIFIED,
        new ImageHeader(ImageFormat.JPEG, 1, 1),
        StageTimings.NONE
            .with(Stage.QUEUE, nanos)
            .with(Stage.DECODE, nanos)
            .with(Stage.BATCH_WAIT, nanos)
            .with(Stage.INFER, nanos),
        Instant.EPOCH);
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
