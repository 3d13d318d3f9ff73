package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Admission.Refused;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.validation.ImageValidator;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** From the first byte of an upload to a photo that was looked at and has its final id. */
public final class PhotoIntake {
  private final UploadReader reader;
  private final ImageValidator validator;

  public PhotoIntake(UploadReader reader, ImageValidator validator) {
    this.reader = reader;
    this.validator = validator;
  }

  /** More than the limit is refused while being read; it must not count as room taken. */
  long announcedBytes(HttpServerRequest request) {
    return Math.min(Math.max(0, UploadReader.announcedBytes(request)), validator.maxBytes());
  }

  /** Fails only for a bug. */
  Future<Admission<ImageFile>> receive(
      RoutingContext context, PredictParameters parameters, InFlightLimiter.Permit permit) {
    return reader
        .read(context.request(), Exchange.of(context).id(), permit)
        .timeout(parameters.reception().toMillis() + 1, TimeUnit.MILLISECONDS)
        .map(
            read ->
                read.then(bytes -> validator.validate(identify(context, parameters, bytes), bytes)))
        .recover(
            failure ->
                failure instanceof TimeoutException
                    ? Future.succeededFuture(tooSlow(context))
                    : Future.failedFuture(failure));
  }

  private static RequestId identify(
      RoutingContext context, PredictParameters parameters, byte[] image) {
    parameters.key().ifPresent(key -> Exchange.rename(context, key.idFor(image)));
    return Exchange.of(context).id();
  }

  /** Its answer is the last thing on a connection that would otherwise drip on for ever. */
  private static Admission<ImageFile> tooSlow(RoutingContext context) {
    context.addEndHandler(answered -> context.request().connection().close());
    return new Refused<>(Rejection.expired(Exchange.of(context).id(), Stage.RECEIVE));
  }

  /** For a request that is refused unread. */
  void discard(HttpServerRequest request) {
    reader.discard(request);
  }
}
