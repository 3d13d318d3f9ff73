package io.fieldmark.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;

/** Reads results beside the sending, until each photo that was sent has its own. */
final class AnswerReading implements AutoCloseable {
  /** By which the clocks of this machine and of the broker may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final WholeTopic results;
  private final AwaitedAnswers answers;
  private volatile boolean allSent;
  private volatile boolean abandoned;
  private Future<?> reading;

  private AnswerReading(WholeTopic results, AwaitedAnswers answers) {
    this.results = results;
    this.answers = answers;
  }

  /**
   * From this moment on no result is missed.
   *
   * @param earlier when photos were sent by an earlier run that may have been answered since
   */
  static AnswerReading start(
      WholeTopic results, AwaitedAnswers answers, Optional<Instant> earlier) {
    results.seek(
        earlier.map(moment -> results.since(moment.minus(CLOCKS))).orElseGet(results::end));
    AnswerReading reading = new AnswerReading(results, answers);
    reading.reading = reading.thread.submit(reading::read);
    return reading;
  }

  private void read() {
    while (!abandoned && !(allSent && answers.complete())) {
      results.poll().forEach(answers::see);
    }
  }

  /** Returns when every photo is answered. */
  void finish() throws InterruptedException {
    allSent = true;
    try {
      reading.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException broker
          ? new ClientFailure(
              "The answers cannot be read any more: "
                  + results.access().explain(broker).getMessage(),
              broker)
          : new IllegalStateException(failed.getCause());
    }
  }

  /** Ends it also when not every photo is answered. */
  @Override
  public void close() {
    abandoned = true;
    thread.close();
  }
}
