package io.fieldmark.bench;

import io.fieldmark.config.DriftConfig;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.inference.drift.DriftReference;
import io.fieldmark.inference.drift.DriftWatch;
import io.fieldmark.inference.drift.PictureStatistics;
import io.fieldmark.metrics.DriftMetrics;
import io.fieldmark.metrics.MeterRegistries;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the drift figures cost each image, in CPU-nanoseconds of the thread that pays for them:
 * rounds of each kind by turns, the median of all rounds with the quartiles.
 */
final class DriftCost {
  private static final int SIDE = 224;
  private static final int PICTURES = 64;
  private static final int PASSES = 20;
  private static final int ROUNDS = 60;
  private static final int WARM_UP = 20;
  private static final double REQUEST_NANOS = 8e6;

  private final List<ByteBuffer> pictures = new ArrayList<>();
  private final List<Prediction> predictions = new ArrayList<>();
  private final DriftWatch pictureOnly = watch(Optional.empty());
  private final DriftWatch complete = watch(Optional.of(reference()));
  private double seen;

  private DriftCost() {
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      byte[] pixels = new byte[3 * SIDE * SIDE];
      random.nextBytes(pixels);
      pictures.add(ByteBuffer.allocateDirect(pixels.length).put(pixels));
      predictions.add(MadeUpPrediction.of(i, random.nextDouble(), StageTimings.NONE));
    }
  }

  public static void main(String[] arguments) {
    new DriftCost().run();
  }

  private static DriftWatch watch(Optional<DriftReference> reference) {
    return DriftWatch.start(
        reference,
        MadeUpPrediction.LABELS,
        new DriftConfig(Optional.empty(), 1_000, 500),
        new DriftMetrics(MeterRegistries.create()));
  }

  private static DriftReference reference() {
    TreeMap<String, Long> labels = new TreeMap<>();
    MadeUpPrediction.LABELS.forEach(label -> labels.put(label, 100L));
    return new DriftReference(
        MadeUpPrediction.MODEL, "drawn", Collections.nCopies(10, 30L), labels);
  }

  private void run() {
    String[] names = {
      "brightness and sharpness", "… and their histograms", "… and the window: all"
    };
    double[][] nanos = new double[names.length][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int kind = 0; kind < names.length; kind++) {
        double cost = round(kind);
        if (round >= 0) {
          nanos[kind][round] = cost;
        }
      }
    }
    for (int kind = 0; kind < names.length; kind++) {
      Arrays.sort(nanos[kind]);
      double median = nanos[kind][ROUNDS / 2];
      System.out.printf(
          "%-26s %6.0f CPU-ns per image (%.0f to %.0f), %.2f %% of 8 ms%n",
          names[kind],
          median,
          nanos[kind][ROUNDS / 4],
          nanos[kind][3 * ROUNDS / 4],
          100 * median / REQUEST_NANOS);
    }
    if (seen == 0) {
      throw new BenchFailure("Nothing was looked at");
    }
  }

  private double round(int kind) {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = 0; i < PICTURES; i++) {
        look(kind, pictures.get(i), predictions.get(i));
      }
    }
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    return (double) taken / (PASSES * PICTURES);
  }

  private void look(int kind, ByteBuffer picture, Prediction prediction) {
    if (kind == 0) {
      seen += PictureStatistics.of(picture, SIDE, SIDE).brightness();
    } else {
      (kind == 1 ? pictureOnly : complete).answered(prediction, picture, SIDE, SIDE);
    }
  }
}
