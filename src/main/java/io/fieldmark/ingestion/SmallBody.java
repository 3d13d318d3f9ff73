package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * A request's body of a few lines at most. What is longer is refused and dropped; what is very
 * long, or takes very long, is cut off. Confined to the request's thread.
 */
final class SmallBody {
  static final int MOST_BYTES = 4 * 1024;

  /** Read and dropped, so that the sender gets to read its answer. */
  private static final long PATIENCE_BYTES = 16 * MOST_BYTES;

  private static final long PATIENCE_MILLIS = 10_000;

  private final HttpServerRequest request;
  private final RequestId id;
  private final Promise<Admission<byte[]>> read = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private long seen;

  private SmallBody(HttpServerRequest request, RequestId id) {
    this.request = request;
    this.id = id;
  }

  /** Never completes when the client leaves: nobody is left to be told anything. */
  static Future<Admission<byte[]>> read(Vertx vertx, HttpServerRequest request, RequestId id) {
    SmallBody small = new SmallBody(request, id);
    long timer = vertx.setTimer(PATIENCE_MILLIS, late -> request.connection().close());
    request.exceptionHandler(left -> vertx.cancelTimer(timer));
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          small.read.tryComplete(Admission.admitted(small.body.getBytes()));
        });
    request.handler(small::keep);
    return small.read.future();
  }

  private void keep(Buffer chunk) {
    seen += chunk.length();
    if (seen > PATIENCE_BYTES) {
      request.connection().close();
    } else if (seen <= MOST_BYTES) {
      body.appendBuffer(chunk);
    } else {
      read.tryComplete(
          Admission.refused(
              id,
              RejectionReason.MALFORMED,
              "The body has more than the %d bytes that it may have.".formatted(MOST_BYTES)));
    }
  }
}
