package io.fieldmark.bench;

import io.fieldmark.Main;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What all metrics cost, in CPU time of the service for each request: two services by turns, one of
 * which measures nothing. Two processes of the same program differ by a percent for as long as they
 * live, so both are started anew for each block, and the interval comes from the blocks. What the
 * drift figures compute is in both; {@link DriftCost} tells it.
 */
final class MetricsCost {
  private static final int CONNECTIONS = 32;
  private static final int PAIRS = 2;

  /** The quantile 0.975 of the normal distribution; Student's for 16 blocks is wider by 9 %. */
  private static final double Z = 1.96;

  private final Path distribution;
  private final Path classes;
  private final Path folder;
  private final Path photo;
  private final int blocks;
  private final double seconds;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<ThreadKind, List<Double>> differences = new EnumMap<>(ThreadKind.class);
  private final List<Double> levels = new ArrayList<>();

  private MetricsCost(Path distribution, Path classes, Path folder, int blocks, double seconds) {
    this.distribution = distribution;
    this.classes = classes;
    this.folder = folder;
    this.photo = folder.resolve("small.jpg");
    this.blocks = blocks;
    this.seconds = seconds;
    for (ThreadKind kind : ThreadKind.values()) {
      differences.put(kind, new ArrayList<>());
    }
  }

  /**
   * @param arguments folders of the distribution, of this program's classes and for files of this
   *     run; how many blocks, and the seconds of each round in them
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new MetricsCost(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Integer.parseInt(arguments[3]),
            Double.parseDouble(arguments[4]))
        .run();
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    Files.write(photo, DrawnPhoto.jpeg(Report.SMALL_WIDTH, Report.SMALL_HEIGHT));
    try (ServiceUnderTest pattern =
        ServiceUnderTest.start(distribution, client, folder.resolve("pattern.log"))) {
      for (int block = 1; block <= blocks; block++) {
        block(pattern, block % 2 == 0);
        Bench.say(
            "Block %d of %d: %.3f CPU-ms more than %.3f",
            block, blocks, last(ThreadKind.OTHER) + last(ThreadKind.INFERENCE), levels.getLast());
      }
    }
    report();
  }

  /**
   * Who is started first, and who begins, changes: neither is favoured by a machine that grows
   * slower, nor by memory that is given to the first.
   *
   * @param pattern runs as both of them do
   */
  private void block(ServiceUnderTest pattern, boolean measuredFirst)
      throws IOException, InterruptedException {
    try (ServiceUnderTest one = start(pattern, measuredFirst);
        ServiceUnderTest other = start(pattern, !measuredFirst);
        LineProcess toOne = generator(one);
        LineProcess toOther = generator(other)) {
      ServiceLoad first = ServiceLoad.standalone(one, toOne);
      ServiceLoad second = ServiceLoad.standalone(other, toOther);
      Map<ThreadKind, Double> more = new EnumMap<>(ThreadKind.class);
      double level = 0;
      for (int pair = 0; pair <= PAIRS; pair++) {
        Map<ThreadKind, Double> ofFirst = cost(first);
        Map<ThreadKind, Double> ofSecond = cost(second);
        // The first pair warms up.
        if (pair > 0) {
          Map<ThreadKind, Double> with = measuredFirst ? ofFirst : ofSecond;
          Map<ThreadKind, Double> without = measuredFirst ? ofSecond : ofFirst;
          with.forEach(
              (kind, millis) ->
                  more.merge(kind, (millis - without.get(kind)) / PAIRS, Double::sum));
          level += without.values().stream().mapToDouble(Double::doubleValue).sum() / PAIRS;
        }
      }
      more.forEach((kind, millis) -> differences.get(kind).add(millis));
      levels.add(level);
    }
  }

  private ServiceUnderTest start(ServiceUnderTest pattern, boolean measured)
      throws IOException, InterruptedException {
    return pattern.startOther(
        measured ? Main.class : Unmeasured.class,
        classes,
        folder.resolve(measured ? "measured.log" : "unmeasured.log"));
  }

  private Map<ThreadKind, Double> cost(ServiceLoad load) throws IOException {
    return load.cpuMillis(photo, CONNECTIONS, seconds);
  }

  private LineProcess generator(ServiceUnderTest service) throws IOException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            classes.toString(),
            LoadGenerator.class.getName(),
            Integer.toString(service.port()));
    return LineProcess.start("load generator", command, Map.of(), folder.resolve("generator.log"));
  }

  private double last(ThreadKind kind) {
    return differences.get(kind).getLast();
  }

  private void report() {
    double level = mean(levels);
    System.out.printf(
        "Without metrics, a request costs %.2f CPU-ms; with them, in %d starts of both:%n",
        level, blocks);
    for (ThreadKind kind : ThreadKind.values()) {
      List<Double> more = differences.get(kind);
      double mean = mean(more);
      double error = error(more);
      System.out.printf(
          "  %+.4f %s, %.2f %% of all (95 %%: %.2f to %.2f)%n",
          mean,
          kind.words(),
          100 * mean / level,
          100 * (mean - error) / level,
          100 * (mean + error) / level);
    }
    Spread meters = new InferenceMeters().nanos();
    System.out.printf(
        "What inference's threads measure, by itself: %s CPU-ns, %.3f %% of all%n",
        meters.text(0), meters.median() / 1e4 / level);
  }

  private static double error(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Z * Math.sqrt(squares / (values.size() - 1) / values.size());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
