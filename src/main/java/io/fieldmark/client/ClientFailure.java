package io.fieldmark.client;

/** A command cannot do what it was asked; the message tells the person why. */
public final class ClientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientFailure(String sentence) {
    super(sentence);
  }

  ClientFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
