package io.fieldmark.chaos;

/** The ways in which photos come. */
enum Source {
  /** By HTTP; the client waits for the answer. */
  WAITING,
  /** By HTTP; the client is content with 202. */
  ASYNC,
  /** A record of an image's bytes and a key, by a producer that knows nothing of us. */
  TOPIC
}
