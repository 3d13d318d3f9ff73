package io.fieldmark.metrics;

import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import java.util.function.ToIntFunction;

/**
 * What is counted and timed on the way from upload to answer. Safe for any thread. Every series is
 * there from the start, at zero, so that rates and alerts see the first event.
 */
public final class PipelineMetrics {
  private static final String PREFIX = "fieldmark.";

  /** Read by the customer's alarm under exactly this name. */
  private static final String LATEST_CONFIDENCE = "latest_confidence_score";

  private static final String UNKNOWN_LABEL = "unknown";
  private static final List<String> BANDS =
      List.of("0.0-0.2", "0.2-0.4", "0.4-0.6", "0.6-0.8", "0.8-1.0");

  private final MeterRegistry registry;
  private final PipelineMeters meters;
  private final AtomicBoolean anyAnswer = new AtomicBoolean();
  private volatile double latestConfidencePercent;
  private volatile DoubleConsumer confidence = unregistered -> {};

  public PipelineMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.meters = new PipelineMeters(registry, "http");
  }

  /**
   * Registers what the ingestion side counts.
   *
   * @param statusCodes what a client is told for each reason
   */
  public void registerIngestion(ToIntFunction<RejectionReason> statusCodes) {
    meters.requests(Optional.empty());
    meters.requestDuration(Outcome.OK);
    meters.requests(Outcome.ACCEPTED, PipelineMeters.NO_REASON);
    meters.requestDuration(Outcome.ACCEPTED);
    for (RejectionReason reason : RejectionReason.values()) {
      meters.requests(Optional.of(reason));
      meters.requestDuration(Outcome.of(Optional.of(reason)));
      meters.rejected(reason, statusCodes.applyAsInt(reason));
    }
    meters.stage(Stage.RECEIVE);
  }

  /** Registers what the inference side counts. To be called once, before the first prediction. */
  public void registerInference(List<String> labels) {
    for (Stage stage : EnumSet.complementOf(EnumSet.of(Stage.RECEIVE))) {
      meters.stage(stage);
    }
    for (String band : BANDS) {
      meters.predictions(UNKNOWN_LABEL, band);
      for (String label : labels) {
        meters.predictions(label, band);
      }
    }
    meters.verdicts(Verdict.IDENTIFIED);
    meters.verdicts(Verdict.NOT_SURE);
    meters.batchSize();
    confidence =
        FractionHistogram.register(
            registry, PREFIX + "confidence", "Confidence of the best guess, from 0 to 1");
  }

  /** One request is over, whatever it ended as; {@code reason} is empty after a prediction. */
  public void requestFinished(Optional<RejectionReason> reason, int statusCode, long nanos) {
    meters.requests(reason).increment();
    meters.requestDuration(Outcome.of(reason)).record(nanos, TimeUnit.NANOSECONDS);
    reason.ifPresent(why -> meters.rejected(why, statusCode).increment());
  }

  /** One request is over whose photo is stored and not yet answered. */
  public void requestAccepted(long nanos) {
    meters.requests(Outcome.ACCEPTED, PipelineMeters.NO_REASON).increment();
    meters.requestDuration(Outcome.ACCEPTED).record(nanos, TimeUnit.NANOSECONDS);
  }

  public void stageFinished(Stage stage, long nanos) {
    meters.stage(stage).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The answer carries how long receiving took, which the ingestion side has counted already. */
  private void inferenceStageFinished(Stage stage, long nanos) {
    if (stage != Stage.RECEIVE) {
      stageFinished(stage, nanos);
    }
  }

  public void batch(int images) {
    meters.batchSize().record(images);
  }

  public void predicted(Prediction prediction) {
    double best = prediction.best().confidence();
    boolean identified = prediction.verdict().equals(Verdict.IDENTIFIED);
    String band = BANDS.get(Math.min(BANDS.size() - 1, (int) (best * BANDS.size())));
    meters.predictions(identified ? prediction.best().label() : UNKNOWN_LABEL, band).increment();
    meters.verdicts(prediction.verdict()).increment();
    confidence.accept(best);
    prediction.timings().forEach(this::inferenceStageFinished);
    latestConfidencePercent = 100 * best;
    if (anyAnswer.compareAndSet(false, true)) {
      Gauge.builder(LATEST_CONFIDENCE, () -> latestConfidencePercent)
          .description("Confidence of the last answered prediction, in percent")
          .register(registry);
    }
  }
}
