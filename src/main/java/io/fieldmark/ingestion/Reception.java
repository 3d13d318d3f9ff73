package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One upload on its way in. Once it is decided, the rest of the body is read and dropped, so that
 * the client gets to read its answer; one that goes on for too long is cut off. The bytes are given
 * away with the decision: a request that waits for long must not keep its photo. Confined to the
 * request's thread.
 */
final class Reception {
  private final HttpServerRequest request;
  private final RequestId id;
  private final InFlightLimiter.Permit permit;
  private UploadBody body;
  private final Supplier<Admission<byte[]>> tooLarge;
  private final long patience;
  private Promise<Admission<byte[]>> undecided = Promise.promise();
  private long seen;

  /**
   * @param patience bytes of one request beyond which its connection is closed
   */
  Reception(
      HttpServerRequest request,
      RequestId id,
      InFlightLimiter.Permit permit,
      UploadBody body,
      Supplier<Admission<byte[]>> tooLarge,
      long patience) {
    this.request = request;
    this.id = id;
    this.permit = permit;
    this.body = body;
    this.tooLarge = tooLarge;
    this.patience = patience;
  }

  /** To be called for every chunk of the request, whether or not it is of interest. */
  void seen(Buffer chunk) {
    seen += chunk.length();
    if (seen > patience) {
      request.connection().close();
    }
  }

  /** Keeps a chunk of the image, or decides that it cannot be had. */
  void keep(Buffer chunk) {
    if (isDecided()) {
      return;
    }
    if (!body.append(chunk)) {
      decide(tooLarge.get());
    } else if (!permit.cover(body.length())) {
      decide(
          new Admission.Refused<>(
              Rejection.retryable(
                  id,
                  RejectionReason.OVERLOADED,
                  "The bytes of all uploads in flight have reached their bound. Try again later.",
                  Duration.ofSeconds(1))));
    }
  }

  void complete() {
    if (!isDecided()) {
      decide(Admission.admitted(body.toArray()));
    }
  }

  void refuse(RejectionReason reason, String detail) {
    decide(Admission.refused(id, reason, detail));
  }

  void decide(Admission<byte[]> decision) {
    if (!isDecided()) {
      Promise<Admission<byte[]>> outcome = undecided;
      undecided = null;
      body = null;
      outcome.complete(decision);
    }
  }

  private boolean isDecided() {
    return undecided == null;
  }

  /** Of a reception that is not decided yet. */
  Future<Admission<byte[]>> outcome() {
    return undecided.future();
  }
}
