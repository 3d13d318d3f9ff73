package io.fieldmark.domain;

import java.util.Locale;

/** The stretches of time that a request passes through, in order. */
public enum Stage {
  /** From the request's first byte until it is validated. */
  RECEIVE,
  /** On the topic, until an inference process takes it; by the clocks of two machines. */
  TOPIC,
  /** Waiting for a free worker. */
  QUEUE,
  /** From encoded bytes to the network's input. */
  DECODE,
  /** Decoded, while the batch's other images are being decoded. */
  BATCH_WAIT,
  /** The forward pass of the whole batch. */
  INFER;

  /** Stable outside this program: answers and metrics spell stages like this. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
