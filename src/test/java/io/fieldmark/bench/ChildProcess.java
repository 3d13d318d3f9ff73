package io.fieldmark.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Processes that never outlive this one, however it ends. */
final class ChildProcess {
  private ChildProcess() {}

  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  /** Waits until it has ended by itself, and does not wait for long. */
  static void awaitEnd(Process process, long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
