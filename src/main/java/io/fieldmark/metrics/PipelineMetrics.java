package io.fieldmark.metrics;

import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
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

  private static final String NO_REASON = "none";
  private static final String UNKNOWN_LABEL = "unknown";
  private static final List<String> BANDS =
      List.of("0.0-0.2", "0.2-0.4", "0.4-0.6", "0.6-0.8", "0.8-1.0");
  private static final double[] REQUEST_SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };
  private static final double[] STAGE_SECONDS = {
    .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final MeterRegistry registry;
  private final AtomicBoolean anyAnswer = new AtomicBoolean();
  private volatile double latestConfidencePercent;
  private volatile DoubleConsumer confidence = unregistered -> {};

  public PipelineMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Registers what the ingestion side counts.
   *
   * @param statusCodes what a client is told for each reason
   */
  public void registerIngestion(ToIntFunction<RejectionReason> statusCodes) {
    requests(Optional.empty());
    requestDuration(Outcome.OK);
    requests(Outcome.ACCEPTED, NO_REASON);
    requestDuration(Outcome.ACCEPTED);
    for (RejectionReason reason : RejectionReason.values()) {
      requests(Optional.of(reason));
      requestDuration(Outcome.of(Optional.of(reason)));
      rejected(reason, statusCodes.applyAsInt(reason));
    }
    stage(Stage.RECEIVE);
  }

  /** Registers what the inference side counts. To be called once, before the first prediction. */
  public void registerInference(List<String> labels) {
    for (Stage stage : EnumSet.complementOf(EnumSet.of(Stage.RECEIVE))) {
      stage(stage);
    }
    for (int band = 0; band < BANDS.size(); band++) {
      predictions(UNKNOWN_LABEL, band);
      for (String label : labels) {
        predictions(label, band);
      }
    }
    verdicts(Verdict.IDENTIFIED);
    verdicts(Verdict.NOT_SURE);
    batchSize();
    confidence =
        FractionHistogram.register(
            registry, PREFIX + "confidence", "Confidence of the best guess, from 0 to 1");
  }

  /** One request is over, whatever it ended as; {@code reason} is empty after a prediction. */
  public void requestFinished(Optional<RejectionReason> reason, int statusCode, long nanos) {
    requests(reason).increment();
    requestDuration(Outcome.of(reason)).record(nanos, TimeUnit.NANOSECONDS);
    reason.ifPresent(why -> rejected(why, statusCode).increment());
  }

  /** One request is over whose photo is stored and not yet answered. */
  public void requestAccepted(long nanos) {
    requests(Outcome.ACCEPTED, NO_REASON).increment();
    requestDuration(Outcome.ACCEPTED).record(nanos, TimeUnit.NANOSECONDS);
  }

  public void stageFinished(Stage stage, long nanos) {
    stage(stage).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The answer carries how long receiving took, which the ingestion side has counted already. */
  private void inferenceStageFinished(Stage stage, long nanos) {
    if (stage != Stage.RECEIVE) {
      stageFinished(stage, nanos);
    }
  }

  public void batch(int images) {
    batchSize().record(images);
  }

  public void predicted(Prediction prediction) {
    double best = prediction.best().confidence();
    boolean identified = prediction.verdict().equals(Verdict.IDENTIFIED);
    int band = Math.min(BANDS.size() - 1, (int) (best * BANDS.size()));
    predictions(identified ? prediction.best().label() : UNKNOWN_LABEL, band).increment();
    verdicts(prediction.verdict()).increment();
    confidence.accept(best);
    prediction.timings().forEach(this::inferenceStageFinished);
    latestConfidencePercent = 100 * best;
    if (anyAnswer.compareAndSet(false, true)) {
      Gauge.builder(LATEST_CONFIDENCE, () -> latestConfidencePercent)
          .description("Confidence of the last answered prediction, in percent")
          .register(registry);
    }
  }

  private Counter requests(Optional<RejectionReason> reason) {
    return requests(Outcome.of(reason), reason.map(RejectionReason::wireName).orElse(NO_REASON));
  }

  private Counter requests(Outcome outcome, String reason) {
    return Counter.builder(PREFIX + "requests")
        .description("Requests that are over, by what they ended as")
        .tag("source", "http")
        .tag("outcome", outcome.wireName())
        .tag("reason", reason)
        .register(registry);
  }

  private Timer requestDuration(Outcome outcome) {
    return Timer.builder(PREFIX + "request.duration")
        .description("From a request's first byte to its answer")
        .tag("source", "http")
        .tag("outcome", outcome.wireName())
        .serviceLevelObjectives(requestBuckets())
        .register(registry);
  }

  private Counter rejected(RejectionReason reason, int code) {
    return Counter.builder(PREFIX + "rejected")
        .description("Requests that were not answered with a prediction")
        .tag("reason", reason.wireName())
        .tag("code", Integer.toString(code))
        .register(registry);
  }

  private Timer stage(Stage stage) {
    return Timer.builder(PREFIX + "stage.duration")
        .description("Time that requests spend in each stage")
        .tag("stage", stage.wireName())
        .serviceLevelObjectives(stageBuckets())
        .register(registry);
  }

  private Counter predictions(String label, int band) {
    return Counter.builder(PREFIX + "predictions")
        .description("Predictions by label; those that are not identified count as unknown")
        .tag("label", label)
        .tag("confidence_band", BANDS.get(band))
        .register(registry);
  }

  private Counter verdicts(Verdict verdict) {
    return Counter.builder(PREFIX + "verdicts")
        .description("Predictions by verdict")
        .tag("verdict", verdict.wireName())
        .register(registry);
  }

  private DistributionSummary batchSize() {
    return DistributionSummary.builder(PREFIX + "batch.size")
        .description("Images in one forward pass")
        .serviceLevelObjectives(1, 2, 4, 8, 16)
        .register(registry);
  }

  static Duration[] requestBuckets() {
    return durations(REQUEST_SECONDS);
  }

  static Duration[] stageBuckets() {
    return durations(STAGE_SECONDS);
  }

  private static Duration[] durations(double[] seconds) {
    Duration[] durations = new Duration[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      durations[i] = Duration.ofNanos(Math.round(seconds[i] * 1e9));
    }
    return durations;
  }
}
