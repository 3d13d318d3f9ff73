package io.fieldmark.transport.kafka;

import io.fieldmark.config.KafkaConfig.Topics;
import io.fieldmark.domain.Admission.Admitted;
import io.fieldmark.domain.Admission.Refused;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.kafka.DeadLetterFormat.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one photo from its topic to an acknowledged result. Each ends as exactly one of prediction,
 * refusal, or dead letter with a refusal.
 */
final class PhotoAnswerer {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoAnswerer.class);

  private final Vertx vertx;
  private final InferenceClient local;
  private final ResultPublisher publisher;
  private final Topics topics;
  private final TopicMetrics metrics;
  private final Clock clock;

  /**
   * @param local the workers of this process
   */
  PhotoAnswerer(
      Vertx vertx,
      InferenceClient local,
      ResultPublisher publisher,
      Topics topics,
      TopicMetrics metrics,
      Clock clock) {
    this.vertx = vertx;
    this.local = local;
    this.publisher = publisher;
    this.topics = topics;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Completes with true when the result is acknowledged; with false, or fails, when inference
   * failed for a reason of ours, so that the photo should be tried again, alone. Never throws: a
   * photo that nobody finishes would hold its partition up.
   */
  Future<Boolean> answer(StoredPhoto photo) {
    try {
      return switch (photo.admission()) {
        case Refused<InferenceRequest> refused -> publish(photo, refused.rejection(), false);
        case Admitted<InferenceRequest> admitted -> infer(photo, admitted.value(), 1);
      };
    } catch (RuntimeException bug) {
      LOG.warn("{} offset {} failed", photo.partition(), photo.record().offset(), bug);
      return Future.failedFuture(bug);
    }
  }

  private Future<Boolean> infer(StoredPhoto photo, InferenceRequest request, int attempt) {
    return local
        .submit(request)
        .answer()
        .compose(
            result ->
                switch (result) {
                  case Prediction prediction -> publish(photo, prediction, false);
                  case Rejection rejection -> refused(photo, request, rejection, attempt);
                });
  }

  private Future<Boolean> refused(
      StoredPhoto photo, InferenceRequest request, Rejection rejection, int attempt) {
    return switch (rejection.reason()) {
      case INTERNAL -> Future.succeededFuture(false);
      // Of this process, not of the photo: there is time.
      case OVERLOADED, UNAVAILABLE, CANCELLED -> {
        metrics.retried("inference");
        yield vertx
            .timer(Backoff.millis(attempt))
            .compose(later -> infer(photo, request, attempt + 1));
      }
      case EMPTY,
          MALFORMED,
          TOO_LARGE,
          TOO_MANY_PIXELS,
          UNSUPPORTED_FORMAT,
          UNDECODABLE,
          DEADLINE_EXCEEDED ->
          publish(photo, rejection, false);
    };
  }

  /** Keeps the photo with the reason, and then tells whoever waits. */
  Future<Boolean> giveUp(StoredPhoto photo, Reason reason, int attempts) {
    String detail =
        switch (reason) {
          case CRASHED ->
              "The service ended while it worked on this photo alone, more than once; it is kept for a look.";
          case FAILED ->
              "Inference failed for a reason of ours, %d times; the photo is kept for a look."
                  .formatted(attempts);
        };
    LOG.atError()
        .addKeyValue("request", photo.id())
        .log(
            "Dead letter, {}: {} offset {}",
            reason.wireName(),
            photo.partition(),
            photo.record().offset());
    metrics.deadLettered(reason.wireName());
    Instant now = clock.instant();
    return publisher
        .publish(DeadLetterFormat.write(topics.deadLetters(), photo, reason, attempts, detail, now))
        .compose(
            kept ->
                publish(photo, Rejection.of(photo.id(), RejectionReason.INTERNAL, detail), true));
  }

  private Future<Boolean> publish(StoredPhoto photo, InferenceResult result, boolean deadLettered) {
    Instant now = clock.instant();
    return publisher
        .publish(ResultFormat.write(topics.results(), result, photo, deadLettered, now))
        .map(
            acknowledged -> {
              count(photo, result, now);
              return true;
            });
  }

  private void count(StoredPhoto photo, InferenceResult result, Instant now) {
    if (photo.fromIngestion()) {
      return;
    }
    Optional<RejectionReason> reason =
        switch (result) {
          case Prediction prediction -> Optional.empty();
          case Rejection rejection -> Optional.of(rejection.reason());
        };
    Instant stored = Instant.ofEpochMilli(photo.record().timestamp());
    metrics.answered(reason, Duration.between(stored, now).toNanos());
  }
}
