package io.fieldmark.labelled;

import io.fieldmark.domain.RequestId;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Warns of what may fail at every photo, once a minute at most. Confined to one thread. */
final class RareWarning {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Logger log;
  private final LongSupplier nanoTime;
  private long quietUntil;
  private boolean warned;
  private int silent;

  RareWarning(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  void warn(RequestId id, String sentence) {
    long now = nanoTime.getAsLong();
    if (warned && now - quietUntil < 0) {
      silent++;
      return;
    }
    log.atWarn()
        .addKeyValue("request", id)
        .log("{}{}", sentence, silent == 0 ? "" : "; %d more before".formatted(silent));
    warned = true;
    silent = 0;
    quietUntil = now + QUIET.toNanos();
  }
}
