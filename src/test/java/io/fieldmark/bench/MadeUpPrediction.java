package io.fieldmark.bench;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.domain.Verdict;
import java.time.Instant;
import java.util.List;

/** Answers of no model, for measuring what is done with answers. */
final class MadeUpPrediction {
  static final List<String> LABELS = List.of("cat", "dog", "owl");
  static final ModelReference MODEL = new ModelReference("drawn", "1");

  private MadeUpPrediction() {}

  /** The labels come by turns. */
  static Prediction of(int number, double confidence, StageTimings timings) {
    return new Prediction(
        RequestId.next(Instant.EPOCH),
        MODEL,
        List.of(new Classification(LABELS.get(number % LABELS.size()), confidence)),
        Verdict.IDENTIFIED,
        new ImageHeader(ImageFormat.JPEG, 224, 224),
        timings,
        Instant.EPOCH);
  }
}
