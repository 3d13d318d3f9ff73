package io.fieldmark.domain;

import java.util.Locale;

/** Why a request was not answered with a prediction. Closed; the wire names never change. */
public enum RejectionReason {
  EMPTY,
  MALFORMED,
  TOO_LARGE,
  TOO_MANY_PIXELS,
  UNSUPPORTED_FORMAT,
  UNDECODABLE,
  /** A bound was reached; worth another try a little later. */
  OVERLOADED,
  /** Starting, draining, or something that we depend on is away. */
  UNAVAILABLE,
  DEADLINE_EXCEEDED,
  /** Whoever asked has gone. */
  CANCELLED,
  /** A bug or a broken machine, never the request's fault. */
  INTERNAL;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
