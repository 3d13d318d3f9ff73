package io.fieldmark.inference;

import io.fieldmark.domain.ModelDescription;
import io.fieldmark.inference.drift.DriftWatch;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.transport.InferenceServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * One inference worker. To be deployed with a worker pool of one thread of its own, so that native
 * buffers and caches stay with that thread for life.
 */
public final class InferenceVerticle extends VerticleBase {
  private final InferenceServer server;
  private final ModelDescription model;
  private final Supplier<Classifier> classifiers;
  private final ImageDecoder decoder;
  private final int maxBatch;
  private final PipelineMetrics metrics;
  private final DriftWatch drift;
  private final Clock clock;
  private Classifier classifier;

  /**
   * @param classifiers gives this worker a classifier of its own, which it closes
   */
  public InferenceVerticle(
      InferenceServer server,
      ModelDescription model,
      Supplier<Classifier> classifiers,
      ImageDecoder decoder,
      int maxBatch,
      PipelineMetrics metrics,
      DriftWatch drift,
      Clock clock) {
    this.server = server;
    this.model = model;
    this.classifiers = classifiers;
    this.decoder = decoder;
    this.maxBatch = maxBatch;
    this.metrics = metrics;
    this.drift = drift;
    this.clock = clock;
  }

  /** Ready, and not before, when every batch size is warm. */
  @Override
  public Future<?> start() {
    classifier = classifiers.get();
    PixelBatch pixels =
        new PixelBatch(maxBatch, model.preprocessing().width(), model.preprocessing().height());
    decoder.warmUp();
    WarmUp.run(classifier, pixels);
    return server.register(
        model,
        new BatchInference(
            decoder,
            classifier,
            pixels,
            new AnswerWriter(model),
            model.reference(),
            metrics,
            drift,
            clock));
  }

  @Override
  public Future<?> stop() {
    if (classifier != null) {
      classifier.close();
    }
    return Future.succeededFuture();
  }
}
