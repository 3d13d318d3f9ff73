package io.fieldmark.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends a photo over some connections, each of them again as soon as it has its answer. Main class
 * of a process of its own that takes lines of photo, connections and seconds; says {@code begin}
 * and {@code end} where the measured stretch begins and ends; then answers with what came.
 */
final class LoadGenerator {
  /** Until all connections are open and the service's queue has its usual length. */
  private static final double RAMP_SECONDS = 0.3;

  private LoadGenerator() {}

  /**
   * @param arguments the service's port; {@code --stored} where answers that the photo is stored
   *     are asked for
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    boolean stored = List.of(arguments).contains("--stored");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", 3);
      Path photo = Path.of(words[2]);
      run(
          port,
          stored ? PhotoRequest.stored(photo) : PhotoRequest.answered(photo),
          Integer.parseInt(words[0]),
          Double.parseDouble(words[1]));
    }
  }

  private static void run(int port, PhotoRequest request, int connections, double seconds)
      throws InterruptedException {
    long begin = System.nanoTime() + (long) (RAMP_SECONDS * 1e9);
    long end = begin + (long) (seconds * 1e9);
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Sender sender = new Sender(port, request, begin, end);
      senders.add(sender);
      sender.start();
    }
    sleepUntil(begin);
    System.out.println("begin");
    sleepUntil(end);
    System.out.println("end");
    for (Sender sender : senders) {
      sender.join();
    }
    System.out.println(summary(senders));
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    Thread.sleep(Math.max(0, left / 1_000_000), (int) Math.max(0, left % 1_000_000));
  }

  /** Requests answered in the stretch, p50 and p99 in ms, failures and the first of them. */
  private static String summary(List<Sender> senders) {
    long[] nanos =
        senders.stream()
            .flatMapToLong(sender -> Arrays.stream(sender.latencies()))
            .sorted()
            .toArray();
    List<String> failures =
        senders.stream().map(Sender::failure).filter(failure -> failure != null).toList();
    return String.join(
        " ",
        Integer.toString(nanos.length),
        Double.toString(percentile(nanos, 0.5)),
        Double.toString(percentile(nanos, 0.99)),
        Integer.toString(failures.size()),
        failures.isEmpty() ? "none" : failures.get(0).replaceAll("\\s+", " "));
  }

  /** In ms, by nearest rank; NaN when there is none. */
  private static double percentile(long[] sortedNanos, double share) {
    return sortedNanos.length == 0
        ? Double.NaN
        : sortedNanos[(int) Math.ceil(share * sortedNanos.length) - 1] / 1e6;
  }
}
