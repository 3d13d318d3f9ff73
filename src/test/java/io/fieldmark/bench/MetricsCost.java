package io.fieldmark.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What all metrics cost, in CPU time of the service for each request: two services by turns, one of
 * which measures nothing. What the drift figures compute is in both; {@link DriftCost} tells it.
 */
final class MetricsCost {
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP_ROUNDS = 3;

  /** The quantile 0.975 of the normal distribution; Student's is wider by 3 % with 40 pairs. */
  private static final double Z = 1.96;

  private final Path distribution;
  private final Path classes;
  private final Path folder;
  private final int pairs;
  private final double seconds;

  private MetricsCost(Path distribution, Path classes, Path folder, int pairs, double seconds) {
    this.distribution = distribution;
    this.classes = classes;
    this.folder = folder;
    this.pairs = pairs;
    this.seconds = seconds;
  }

  /**
   * @param arguments folders of the distribution, of this program's classes and for files of this
   *     run; pairs of rounds, and the seconds of a round
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
    Path photo = folder.resolve("small.jpg");
    Files.write(photo, DrawnPhoto.jpeg(Report.SMALL_WIDTH, Report.SMALL_HEIGHT));
    HttpClient client = HttpClient.newHttpClient();
    try (ServiceUnderTest measured =
            ServiceUnderTest.start(distribution, client, folder.resolve("measured.log"));
        ServiceUnderTest unmeasured =
            measured.startOther(Unmeasured.class, classes, folder.resolve("unmeasured.log"));
        LineProcess toMeasured = generator(measured);
        LineProcess toUnmeasured = generator(unmeasured)) {
      ServiceLoad with = ServiceLoad.standalone(measured, toMeasured);
      ServiceLoad without = ServiceLoad.standalone(unmeasured, toUnmeasured);
      List<Double> differences = new ArrayList<>();
      List<Double> levels = new ArrayList<>();
      for (int pair = 1 - WARM_UP_ROUNDS; pair <= pairs; pair++) {
        // The first of a pair changes, so that a machine that grows slower favours neither.
        boolean measuredFirst = pair % 2 == 0;
        double first =
            (measuredFirst ? with : without).run(photo, CONNECTIONS, seconds).cpuMillis();
        double second =
            (measuredFirst ? without : with).run(photo, CONNECTIONS, seconds).cpuMillis();
        if (pair > 0) {
          differences.add(measuredFirst ? first - second : second - first);
          levels.add(measuredFirst ? second : first);
        }
      }
      report(differences, levels);
    }
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

  private void report(List<Double> differences, List<Double> levels) {
    double mean = mean(differences);
    double squares = differences.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
    double error = Z * Math.sqrt(squares / (pairs - 1) / pairs);
    double level = mean(levels);
    System.out.printf(
        "Metrics cost %.3f CPU-ms of %.2f for each request: %.2f %% (95 %%: %.2f to %.2f); %d pairs of %.0f s%n",
        mean,
        level,
        100 * mean / level,
        100 * (mean - error) / level,
        100 * (mean + error) / level,
        pairs,
        seconds);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
