package io.fieldmark.metrics;

import io.fieldmark.domain.RejectionReason;
import java.util.Locale;
import java.util.Optional;

/** What requests end as, seen by the person on call: whose fault, and does it need anyone. */
enum Outcome {
  OK,
  /** Answered later, to whoever asks by the id. */
  ACCEPTED,
  CLIENT_ERROR,
  REJECTED,
  EXPIRED,
  CANCELLED,
  ERROR;

  static Outcome of(Optional<RejectionReason> reason) {
    return reason.isEmpty()
        ? OK
        : switch (reason.get()) {
          case EMPTY, MALFORMED, TOO_LARGE, TOO_MANY_PIXELS, UNSUPPORTED_FORMAT, UNDECODABLE ->
              CLIENT_ERROR;
          case OVERLOADED, UNAVAILABLE -> REJECTED;
          case DEADLINE_EXCEEDED -> EXPIRED;
          case CANCELLED -> CANCELLED;
          case INTERNAL -> ERROR;
        };
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
