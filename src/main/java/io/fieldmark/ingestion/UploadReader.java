package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.validation.ImageValidator;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads an image out of a request, however it is wrapped, into memory and under a hard limit:
 * nothing is written to disk.
 */
public final class UploadReader {
  /** Room for what stands around an image: JSON punctuation, or the headers of parts. */
  private static final long WRAPPING = 64 * 1024;

  /** An upload that is refused is read on, so that its sender listens, but not for ever. */
  private static final long PATIENCE = 4;

  private final ImageValidator validator;

  public UploadReader(ImageValidator validator) {
    this.validator = validator;
  }

  private enum Wrapping {
    RAW,
    MULTIPART,
    JSON
  }

  /** Completes with the image file's bytes, not yet looked at. Never fails. */
  Future<Admission<byte[]>> read(
      HttpServerRequest request, RequestId id, InFlightLimiter.Permit permit) {
    Wrapping wrapping = wrapping(request);
    long limit = limit(wrapping);
    long announced = announcedBytes(request);
    Reception reception =
        new Reception(
            request,
            id,
            permit,
            new UploadBody(wrapping == Wrapping.MULTIPART ? -1 : announced, limit),
            () -> validator.tooLarge(id),
            PATIENCE * limit);
    Future<Admission<byte[]>> outcome = reception.outcome();
    request.exceptionHandler(failure -> reception.refuse(reason(failure), detail(failure)));
    if (announced > (wrapping == Wrapping.MULTIPART ? limit + WRAPPING : limit)) {
      reception.decide(validator.tooLarge(id));
    } else if (HttpHeaders.CONTINUE
        .toString()
        .equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    if (wrapping == Wrapping.MULTIPART) {
      readParts(request, reception);
    } else {
      readWhole(request, reception);
    }
    return wrapping == Wrapping.JSON
        ? outcome.map(read -> read.then(json -> JsonUpload.image(id, json)))
        : outcome;
  }

  /** For requests that are refused unread: what still comes is dropped, but not for ever. */
  void discard(HttpServerRequest request) {
    AtomicLong seen = new AtomicLong();
    request.handler(
        chunk -> {
          if (seen.addAndGet(chunk.length()) > PATIENCE * validator.maxBytes()) {
            request.connection().close();
          }
        });
  }

  private static void readWhole(HttpServerRequest request, Reception reception) {
    request.handler(
        chunk -> {
          reception.seen(chunk);
          reception.keep(chunk);
        });
    request.endHandler(end -> reception.complete());
  }

  private static void readParts(HttpServerRequest request, Reception reception) {
    AtomicBoolean found = new AtomicBoolean();
    try {
      request.setExpectMultipart(true);
    } catch (RuntimeException malformed) {
      reception.refuse(RejectionReason.MALFORMED, detail(malformed));
    }
    request.handler(reception::seen);
    request.uploadHandler(part -> readPart(part, found.compareAndSet(false, true), reception));
    request.endHandler(
        end -> {
          if (found.get()) {
            reception.complete();
          } else {
            reception.refuse(
                RejectionReason.MALFORMED,
                "The form has no file part. With curl: -F image=@photo.jpg");
          }
        });
  }

  /** The first file is the image; other files are ignored. */
  private static void readPart(HttpServerFileUpload part, boolean first, Reception reception) {
    part.handler(
        chunk -> {
          if (first) {
            reception.keep(chunk);
          }
        });
    part.exceptionHandler(failure -> reception.refuse(reason(failure), detail(failure)));
  }

  private static Wrapping wrapping(HttpServerRequest request) {
    String type =
        Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/form-data")) {
      return Wrapping.MULTIPART;
    }
    return type.startsWith("application/json") ? Wrapping.JSON : Wrapping.RAW;
  }

  /** Base64 takes four bytes for three. */
  private long limit(Wrapping wrapping) {
    return wrapping == Wrapping.JSON
        ? Math.ceilDiv(validator.maxBytes(), 3) * 4 + WRAPPING
        : validator.maxBytes();
  }

  /** What the request says that it will send, -1 when it does not say. */
  static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  private static boolean clientLeft(Throwable failure) {
    return failure instanceof StreamResetException
        || failure instanceof IOException
        || failure instanceof HttpClosedException;
  }

  private static RejectionReason reason(Throwable failure) {
    return clientLeft(failure) ? RejectionReason.CANCELLED : RejectionReason.MALFORMED;
  }

  private static String detail(Throwable failure) {
    return clientLeft(failure)
        ? "The client left while it was sending."
        : "The body is not a readable multipart/form-data form, or breaks off.";
  }
}
