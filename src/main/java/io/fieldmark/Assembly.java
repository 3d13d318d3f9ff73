package io.fieldmark;

import io.fieldmark.transport.InferenceCapacity;
import io.vertx.core.Future;
import java.time.Duration;

/** One way to put the tiers together; which one, the role decides. */
interface Assembly {
  /** Opens what stands between the tiers. Once, before everything else. */
  Future<Void> open();

  /** Completes when this process does what its role asks for. */
  Future<Void> start();

  /** Lets nothing more in, and completes when everything that was let in is answered. */
  Future<Void> stop();

  /** As of now; safe for any thread, from {@link #open} on. */
  InferenceCapacity capacity();

  /** What it means when the capacity is not available, for whoever reads a probe. */
  String unavailable();

  /** How long ago this process last read the photos' topic; zero when it reads none. */
  Duration pollAge();

  /** The public port that is listened on, 0 when there is none. */
  int port();
}
