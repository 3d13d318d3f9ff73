package io.fieldmark.metrics;

import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Meters of the way from upload to answer, each asked of the registry once: to describe a meter
 * anew for every photo costs more than all that is counted in it. As many as their labels have
 * values, which are closed lists. Safe for any thread.
 */
final class PipelineMeters {
  static final String NO_REASON = "none";

  private static final String PREFIX = "fieldmark.";
  private static final double[] REQUEST_SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };
  private static final double[] STAGE_SECONDS = {
    .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final MeterRegistry registry;
  private final String source;
  private final Map<Ended, Counter> requests = new ConcurrentHashMap<>();
  private final Map<Outcome, Timer> requestDurations = new ConcurrentHashMap<>();
  private final Map<Stage, Timer> stages = new ConcurrentHashMap<>();
  private final Map<Answered, Counter> predictions = new ConcurrentHashMap<>();
  private final Map<Verdict, Counter> verdicts = new ConcurrentHashMap<>();
  private volatile DistributionSummary batchSize;
  private volatile Timer publish;

  private record Ended(Outcome outcome, String reason) {}

  private record Answered(String label, String band) {}

  /**
   * @param source where the requests come from
   */
  PipelineMeters(MeterRegistry registry, String source) {
    this.registry = registry;
    this.source = source;
  }

  /** Empty after a prediction. */
  Counter requests(Optional<RejectionReason> reason) {
    return requests(Outcome.of(reason), reason.map(RejectionReason::wireName).orElse(NO_REASON));
  }

  Counter requests(Outcome outcome, String reason) {
    return requests.computeIfAbsent(new Ended(outcome, reason), this::register);
  }

  private Counter register(Ended ended) {
    return Counter.builder(PREFIX + "requests")
        .description("Requests that are over, by what they ended as")
        .tag("source", source)
        .tag("outcome", ended.outcome().wireName())
        .tag("reason", ended.reason())
        .register(registry);
  }

  Timer requestDuration(Outcome outcome) {
    return requestDurations.computeIfAbsent(outcome, this::register);
  }

  private Timer register(Outcome outcome) {
    return Timer.builder(PREFIX + "request.duration")
        .description("From a request's first byte to its answer")
        .tag("source", source)
        .tag("outcome", outcome.wireName())
        .serviceLevelObjectives(durations(REQUEST_SECONDS))
        .register(registry);
  }

  Counter rejected(RejectionReason reason, int code) {
    return Counter.builder(PREFIX + "rejected")
        .description("Requests that were not answered with a prediction")
        .tag("reason", reason.wireName())
        .tag("code", Integer.toString(code))
        .register(registry);
  }

  Timer stage(Stage stage) {
    return stages.computeIfAbsent(stage, one -> registerStage(one.wireName()));
  }

  /** Putting a result on its topic, which is no stage of the answer that is put there. */
  Timer publish() {
    Timer known = publish;
    if (known == null) {
      known = registerStage("publish");
      publish = known;
    }
    return known;
  }

  private Timer registerStage(String name) {
    return Timer.builder(PREFIX + "stage.duration")
        .description("Time that requests spend in each stage")
        .tag("stage", name)
        .serviceLevelObjectives(durations(STAGE_SECONDS))
        .register(registry);
  }

  Counter predictions(String label, String band) {
    return predictions.computeIfAbsent(new Answered(label, band), this::register);
  }

  private Counter register(Answered answered) {
    return Counter.builder(PREFIX + "predictions")
        .description("Predictions by label; those that are not identified count as unknown")
        .tag("label", answered.label())
        .tag("confidence_band", answered.band())
        .register(registry);
  }

  Counter verdicts(Verdict verdict) {
    return verdicts.computeIfAbsent(verdict, this::register);
  }

  private Counter register(Verdict verdict) {
    return Counter.builder(PREFIX + "verdicts")
        .description("Predictions by verdict")
        .tag("verdict", verdict.wireName())
        .register(registry);
  }

  DistributionSummary batchSize() {
    DistributionSummary known = batchSize;
    if (known == null) {
      known =
          DistributionSummary.builder(PREFIX + "batch.size")
              .description("Images in one forward pass")
              .serviceLevelObjectives(1, 2, 4, 8, 16)
              .register(registry);
      batchSize = known;
    }
    return known;
  }

  private static Duration[] durations(double[] seconds) {
    Duration[] durations = new Duration[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      durations[i] = Duration.ofNanos(Math.round(seconds[i] * 1e9));
    }
    return durations;
  }
}
