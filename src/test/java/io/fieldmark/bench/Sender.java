package io.fieldmark.bench;

import java.io.IOException;
import java.util.Arrays;

/** The thread of one connection. Its results may be read when it has ended. */
final class Sender extends Thread {
  private final int port;
  private final PhotoRequest request;
  private final long begin;
  private final long end;
  private long[] latencies = new long[1024];
  private int count;
  private String failure;

  /**
   * @param begin answers before this moment of {@link System#nanoTime} are not counted
   * @param end nor are those after this one, when nothing is sent any more
   */
  Sender(int port, PhotoRequest request, long begin, long end) {
    this.port = port;
    this.request = request;
    this.begin = begin;
    this.end = end;
  }

  @Override
  public void run() {
    try (Connection connection = new Connection(port, request)) {
      long sent = System.nanoTime();
      while (sent - end < 0 && failure == null) {
        failure = connection.exchange();
        long answered = System.nanoTime();
        if (failure == null && answered - begin >= 0 && answered - end < 0) {
          add(answered - sent);
        }
        sent = answered;
      }
    } catch (IOException broken) {
      failure = broken.toString();
    }
  }

  private void add(long nanos) {
    if (count == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * count);
    }
    latencies[count++] = nanos;
  }

  /** In nanoseconds, of the requests that were answered in time. */
  long[] latencies() {
    return Arrays.copyOf(latencies, count);
  }

  /**
   * What came instead of the answer that was expected, after which it stopped; null when nothing.
   */
  String failure() {
    return failure;
  }
}
