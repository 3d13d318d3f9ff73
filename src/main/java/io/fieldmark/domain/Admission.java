package io.fieldmark.domain;

import java.util.function.Function;

/** The outcome of a check on the way in: what was asked for, or the reason why not. */
public sealed interface Admission<T> {
  record Admitted<T>(T value) implements Admission<T> {}

  record Refused<T>(Rejection rejection) implements Admission<T> {}

  static <T> Admission<T> admitted(T value) {
    return new Admitted<>(value);
  }

  static <T> Admission<T> refused(RequestId id, RejectionReason reason, String detail) {
    return new Refused<>(Rejection.of(id, reason, detail));
  }

  /** The next check, made only when this one passed. */
  default <U> Admission<U> then(Function<T, Admission<U>> next) {
    return switch (this) {
      case Admitted<T> admitted -> next.apply(admitted.value());
      case Refused<T> refused -> new Refused<>(refused.rejection());
    };
  }
}
