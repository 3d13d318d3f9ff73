package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.FeedbackChannel;
import io.fieldmark.transport.LabelledPhotos;
import io.fieldmark.transport.LabelledPhotos.Keeping;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets so much feedback, with the photos that are kept for it, on its way at a time, and no more.
 * Safe for any thread.
 */
public final class FeedbackIntake {
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final Duration AWAY = Duration.ofSeconds(2);

  private final FeedbackChannel channel;
  private final Optional<LabelledPhotos> photos;
  private final int bound;
  private final Semaphore places;

  /**
   * @param photos empty when none are kept
   */
  public FeedbackIntake(FeedbackChannel channel, Optional<LabelledPhotos> photos, int bound) {
    this.channel = channel;
    this.photos = photos;
    this.bound = bound;
    this.places = new Semaphore(bound);
  }

  /**
   * Completes with why it does not count, or with what became of its photo: empty when none was to
   * be kept. It counts whatever becomes of that.
   *
   * @param request that brings it
   */
  Future<Admission<Optional<Keeping>>> take(Feedback feedback, RequestId request) {
    return inPlace(
        request,
        () ->
            channel
                .publish(feedback)
                .compose(
                    taken ->
                        taken
                            ? keep(feedback).map(Admission::admitted)
                            : Future.succeededFuture(
                                refused(
                                    request,
                                    "The feedback was not stored in time; it may count or not. Send it again: only the last one counts."))));
  }

  private Future<Optional<Keeping>> keep(Feedback feedback) {
    return photos
        .map(kept -> keep(feedback, kept))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** What is in a photo that was answered wrong and not labelled, nobody knows any more. */
  private static Future<Optional<Keeping>> keep(Feedback feedback, LabelledPhotos photos) {
    return feedback
        .actual()
        .map(label -> photos.keep(feedback, label).map(Optional::of))
        .orElseGet(
            () ->
                photos
                    .forget(feedback.id())
                    .map(gone -> gone ? Optional.empty() : Optional.of(Keeping.FAILED)));
  }

  /**
   * Takes back what was said of an answer, and forgets its photo. Completes with whether that is
   * done; done as well when there was nothing.
   *
   * @param request that asks for it
   */
  Future<Admission<Void>> withdraw(RequestId id, RequestId request) {
    return inPlace(
        request,
        () ->
            Future.all(channel.withdraw(id), forget(id))
                .map(
                    both ->
                        both.<Boolean>list().contains(false)
                            ? refused(
                                request,
                                "Not everything was taken back in time. Send the request again.")
                            : Admission.admitted(null)));
  }

  private Future<Boolean> forget(RequestId id) {
    return photos.map(kept -> kept.forget(id)).orElse(Future.succeededFuture(true));
  }

  private <T> Future<Admission<T>> inPlace(RequestId request, Supplier<Future<Admission<T>>> work) {
    if (!places.tryAcquire()) {
      return Future.succeededFuture(
          new Admission.Refused<>(
              Rejection.retryable(
                  request,
                  RejectionReason.OVERLOADED,
                  "So much feedback comes in that there is no room for this now. Send it again later.",
                  BUSY)));
    }
    return work.get().onComplete(over -> places.release());
  }

  private static <T> Admission<T> refused(RequestId request, String detail) {
    return new Admission.Refused<>(
        Rejection.retryable(request, RejectionReason.UNAVAILABLE, detail, AWAY));
  }

  public int inflight() {
    return bound - places.availablePermits();
  }

  public int bound() {
    return bound;
  }
}
