package io.fieldmark.metrics;

import io.fieldmark.domain.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is counted and timed where photos and results pass over topics. Safe for any thread. */
public final class TopicMetrics {
  private final MeterRegistry registry;
  private final PipelineMeters meters;

  public TopicMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.meters = new PipelineMeters(registry, "kafka");
  }

  /** Registers what the inference side counts, at zero. */
  public void registerInference(List<String> deadLetterReasons) {
    meters.requests(Optional.empty());
    for (RejectionReason reason : RejectionReason.values()) {
      meters.requests(Optional.of(reason));
    }
    deadLetterReasons.forEach(this::deadLetters);
    List.of("publish", "inference", "commit").forEach(this::retries);
    rebalances();
    meters.publish();
  }

  /** Registers what the ingestion side counts, at zero. */
  public void registerIngestion() {
    duplicates();
    lost();
    unreadable();
    unreadableFeedback();
  }

  /**
   * A photo that no ingestion process counts is answered.
   *
   * @param sinceStoredNanos from when it was stored on its topic
   */
  public void answered(Optional<RejectionReason> reason, long sinceStoredNanos) {
    meters.requests(reason).increment();
    meters
        .requestDuration(Outcome.of(reason))
        .record(Math.max(0, sinceStoredNanos), TimeUnit.NANOSECONDS);
  }

  public void published(long nanos) {
    meters.publish().record(nanos, TimeUnit.NANOSECONDS);
  }

  public void deadLettered(String reason) {
    deadLetters(reason).increment();
  }

  public void retried(String what) {
    retries(what).increment();
  }

  public void rebalanced() {
    rebalances().increment();
  }

  public void duplicateSuppressed() {
    duplicates().increment();
  }

  /** Photos vanished from their topic before anybody answered them. */
  public void photosLost(long count) {
    lost().increment((double) count);
  }

  public void resultUnreadable() {
    unreadable().increment();
  }

  public void feedbackUnreadable() {
    unreadableFeedback().increment();
  }

  private Counter deadLetters(String reason) {
    return counter("fieldmark.dead.letters", "Photos that we failed at, kept", "reason", reason);
  }

  private Counter retries(String what) {
    return counter("fieldmark.retries", "Tries that had to be repeated", "reason", what);
  }

  private Counter counter(String name, String description, String tag, String value) {
    return Counter.builder(name).description(description).tag(tag, value).register(registry);
  }

  private Counter rebalances() {
    return counter("fieldmark.kafka.rebalances", "Changes of this process's partitions");
  }

  private Counter duplicates() {
    return counter("fieldmark.duplicates.suppressed", "Results of photos that had one already");
  }

  private Counter lost() {
    return counter("fieldmark.photos.lost", "Photos that retention took before an answer");
  }

  private Counter unreadable() {
    return counter(
        "fieldmark.results.unreadable", "Records on the results topic that are no results");
  }

  private Counter unreadableFeedback() {
    return counter(
        "fieldmark.feedback.unreadable", "Records on the feedback topic that are no feedback");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
