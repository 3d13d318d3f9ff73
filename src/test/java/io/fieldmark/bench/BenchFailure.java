package io.fieldmark.bench;

/** No figures can be given; the message says why in words for the console. */
final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchFailure(String message) {
    super(message);
  }
}
