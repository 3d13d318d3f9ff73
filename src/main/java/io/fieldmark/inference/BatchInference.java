package io.fieldmark.inference;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.inference.drift.DriftWatch;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.transport.BatchHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decode, classify, answer. What is expired is dropped before the two costly steps, and whatever is
 * wrong with one image stays its own affair. Belongs to one worker.
 */
public final class BatchInference implements BatchHandler {
  private final ImageDecoder decoder;
  private final Classifier classifier;
  private final PixelBatch pixels;
  private final AnswerWriter answers;
  private final ModelReference model;
  private final PipelineMetrics metrics;
  private final DriftWatch drift;
  private final Clock clock;

  public BatchInference(
      ImageDecoder decoder,
      Classifier classifier,
      PixelBatch pixels,
      AnswerWriter answers,
      ModelReference model,
      PipelineMetrics metrics,
      DriftWatch drift,
      Clock clock) {
    this.decoder = decoder;
    this.classifier = classifier;
    this.pixels = pixels;
    this.answers = answers;
    this.model = model;
    this.metrics = metrics;
    this.drift = drift;
    this.clock = clock;
  }

  @Override
  public List<InferenceResult> handle(List<Queued> batch) {
    InferenceResult[] results = new InferenceResult[batch.size()];
    List<Decoded> decoded = new ArrayList<>(batch.size());
    long taken = System.nanoTime();
    for (int i = 0; i < batch.size(); i++) {
      InferenceRequest request = batch.get(i).request();
      long queueNanos = taken - batch.get(i).sinceNanos();
      if (request.expiredAt(clock.instant())) {
        results[i] = Rejection.expired(request.id(), Stage.QUEUE);
        continue;
      }
      long begin = System.nanoTime();
      if (decoder.decode(request.image(), pixels.slot(decoded.size()))) {
        decoded.add(new Decoded(i, request, queueNanos, begin, System.nanoTime()));
      } else {
        results[i] = undecodable(request);
      }
    }
    classify(stillWanted(decoded, results), results);
    return Arrays.asList(results);
  }

  /** When any request has expired while others were decoded, the rest close the gaps it leaves. */
  private List<Decoded> stillWanted(List<Decoded> decoded, InferenceResult[] results) {
    List<Decoded> wanted = new ArrayList<>(decoded.size());
    for (int slot = 0; slot < decoded.size(); slot++) {
      Decoded image = decoded.get(slot);
      if (image.request.expiredAt(clock.instant())) {
        results[image.index] = Rejection.expired(image.request.id(), Stage.DECODE);
        continue;
      }
      if (slot != wanted.size()) {
        pixels.slot(wanted.size()).put(pixels.slot(slot));
      }
      wanted.add(image);
    }
    return wanted;
  }

  private void classify(List<Decoded> images, InferenceResult[] results) {
    if (images.isEmpty()) {
      return;
    }
    long begin = System.nanoTime();
    float[][] logits = classifier.logits(pixels, images.size());
    long inferNanos = System.nanoTime() - begin;
    metrics.batch(images.size());
    for (int slot = 0; slot < images.size(); slot++) {
      Decoded image = images.get(slot);
      StageTimings timings =
          image
              .request
              .timings()
              .with(Stage.QUEUE, image.queueNanos)
              .with(Stage.DECODE, image.decodedAt - image.begunAt)
              .with(Stage.BATCH_WAIT, begin - image.decodedAt)
              .with(Stage.INFER, inferNanos);
      Prediction prediction = prediction(image.request, logits[slot], timings);
      drift.answered(prediction, pixels.slot(slot), pixels.width(), pixels.height());
      results[image.index] = prediction;
    }
  }

  private Prediction prediction(InferenceRequest request, float[] logits, StageTimings timings) {
    Prediction prediction =
        new Prediction(
            request.id(),
            model,
            answers.classifications(logits, request.topK()),
            answers.verdict(logits),
            request.image().header(),
            timings,
            clock.instant());
    metrics.predicted(prediction);
    return prediction;
  }

  private static Rejection undecodable(InferenceRequest request) {
    return Rejection.of(
        request.id(),
        RejectionReason.UNDECODABLE,
        "The file begins as %s but cannot be decoded; it may be truncated or damaged."
            .formatted(request.image().header().format()));
  }

  /** An image that stands in the pixel batch, at the place that it has in its list. */
  private record Decoded(
      int index, InferenceRequest request, long queueNanos, long begunAt, long decodedAt) {}
}
