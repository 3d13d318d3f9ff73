package io.fieldmark.inference.drift;

/** A drift reference that was asked for cannot be used; the message tells the person why. */
public final class UnusableReferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableReferenceException(String sentence) {
    super(sentence);
  }

  UnusableReferenceException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
