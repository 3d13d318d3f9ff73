package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * One direction of a connection: reads from one socket and writes to the other, in order, each part
 * not before its delay has passed. The delay counts from when a part came in, so it costs latency
 * and, up to a bound, no throughput; and a delay that is taken back frees at once what it held.
 */
final class DelayedStream {
  private static final int PART_BYTES = 64 * 1024;
  private static final int MOST_PARTS = 256;

  /**
   * @param bytes none at the end of the stream
   */
  private record Part(ByteBuffer bytes, long cameAt) {}

  private final Socket from;
  private final Socket to;
  private final LongSupplier delayNanos;
  private final Queue<Part> parts = new ArrayDeque<>();
  private boolean ended;

  DelayedStream(Socket from, Socket to, LongSupplier delayNanos) {
    this.from = from;
    this.to = to;
    this.delayNanos = delayNanos;
  }

  /**
   * @param whenOver runs once all bytes are delivered after the end of the stream
   * @param whenBroken may run more than once
   */
  void start(Runnable whenOver, Runnable whenBroken) {
    thread(this::read, () -> {}, whenBroken);
    thread(this::write, whenOver, whenBroken);
  }

  /** The delay has changed. */
  synchronized void reconsider() {
    notifyAll();
  }

  /** Frees what waits for a socket that is closed. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The receiver sees the end of the stream; what is sent to it from now on is lost. */
  void halfClose() throws IOException {
    if (!to.isOutputShutdown()) {
      to.shutdownOutput();
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void thread(Work work, Runnable whenOver, Runnable whenBroken) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                work.run();
                whenOver.run();
              } catch (IOException broken) {
                whenBroken.run();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void read() throws IOException, InterruptedException {
    byte[] buffer = new byte[PART_BYTES];
    int count;
    do {
      count = from.getInputStream().read(buffer);
      byte[] bytes = Arrays.copyOf(buffer, Math.max(0, count));
      add(new Part(ByteBuffer.wrap(bytes), System.nanoTime()));
    } while (count >= 0);
  }

  private void write() throws IOException, InterruptedException {
    Part part = take();
    while (part.bytes().hasRemaining()) {
      deliver(part.bytes().array());
      part = take();
    }
    halfClose();
  }

  private void deliver(byte[] bytes) throws IOException {
    try {
      to.getOutputStream().write(bytes);
    } catch (IOException undeliverable) {
      if (to.isClosed() || !to.isOutputShutdown()) {
        throw undeliverable;
      }
    }
  }

  private synchronized void add(Part part) throws InterruptedException {
    while (parts.size() >= MOST_PARTS && !ended) {
      wait();
    }
    parts.add(part);
    notifyAll();
  }

  private synchronized Part take() throws IOException, InterruptedException {
    while (!ended) {
      Part part = parts.peek();
      if (part == null) {
        wait();
        continue;
      }
      long waitNanos = part.cameAt() + delayNanos.getAsLong() - System.nanoTime();
      if (waitNanos <= 0) {
        notifyAll();
        return parts.remove();
      }
      wait(waitNanos / 1_000_000, (int) (waitNanos % 1_000_000));
    }
    throw new IOException("The connection has been cut");
  }
}
