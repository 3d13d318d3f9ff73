package io.fieldmark.inference.djl;

/** The model folder cannot be served; the message says what is wrong with which file. */
public final class InvalidModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidModelException(String message) {
    super(message);
  }

  InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
