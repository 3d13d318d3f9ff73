package io.fieldmark.client;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Tells a person how far the sending has come. Safe for several threads. */
final class Progress implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final double NANOS = 1e9;

  /** Longer than that nothing is acknowledged only when something is wrong. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final long begin;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private Optional<ScheduledFuture<?>> ticking = Optional.empty();
  private final AtomicLong lastHeardNanos = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();

  Progress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /** A line every second from now on. */
  void start() {
    ticking =
        Optional.of(
            ticker.scheduleAtFixedRate(
                this::tell, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
  }

  void sent() {
    sent.incrementAndGet();
    if (underWay.getAndIncrement() == 0) {
      lastHeardNanos.set(nanoTime.getAsLong());
    }
  }

  void acknowledged() {
    acknowledged.incrementAndGet();
    heard();
  }

  /** Was sent, and is given up. */
  void unacknowledged(String sentence) {
    heard();
    failed(sentence);
  }

  private void heard() {
    underWay.decrementAndGet();
    lastHeardNanos.set(nanoTime.getAsLong());
  }

  void answered() {
    answered.incrementAndGet();
  }

  /** Told at once: the person may want to stop. */
  void failed(String sentence) {
    failed.incrementAndGet();
    line(sentence);
  }

  /** Not sent, which is as it should be. */
  void skipped() {
    skipped.incrementAndGet();
  }

  long failures() {
    return failed.get();
  }

  private void tell() {
    line(summary());
  }

  String summary() {
    double seconds = Math.max(1e-3, (nanoTime.getAsLong() - begin) / NANOS);
    String answers = answered.get() > 0 ? ", %d answered".formatted(answered.get()) : "";
    String skips = skipped.get() > 0 ? ", %d skipped".formatted(skipped.get()) : "";
    return String.format(
        Locale.ROOT,
        "%d sent, %d acknowledged%s, %d failed%s, %.1f/s%s",
        sent.get(),
        acknowledged.get(),
        answers,
        failed.get(),
        skips,
        acknowledged.get() / seconds,
        silence());
  }

  private String silence() {
    Duration silent = Duration.ofNanos(nanoTime.getAsLong() - lastHeardNanos.get());
    return underWay.get() > 0 && silent.compareTo(SILENCE) >= 0
        ? "; no word from the broker for %d s".formatted(silent.toSeconds())
        : "";
  }

  private void line(String text) {
    err.println(text);
    err.flush();
  }

  /** With a last line. */
  @Override
  public void close() {
    ticking.ifPresent(lines -> lines.cancel(false));
    ticker.shutdown();
    tell();
  }
}
