package io.fieldmark.bench;

import io.fieldmark.bench.Figures.LimitRound;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what the machine could do at most and what the service makes of it, in turns, since a
 * machine's speed changes with whatever else runs on it.
 */
final class Bench {
  static final int SATURATED = 32;
  static final int[] LIGHT = {8, 1};
  static final int LARGE_CONNECTIONS = 8;

  private static final int[] BATCHES = {2, 4, 8};

  private final Plan plan;
  private final Path distribution;
  private final Path classes;
  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Figures figures = new Figures();
  private Path small;
  private Path large;

  private Bench(Plan plan, Path distribution, Path classes, Path folder) {
    this.plan = plan;
    this.distribution = distribution;
    this.classes = classes;
    this.folder = folder;
  }

  /**
   * @param arguments folders of the distribution, of this program's classes and for files of this
   *     run; {@code --quick} for a rough look
   */
  public static void main(String[] arguments) {
    Plan plan = Plan.of(List.of(arguments).contains("--quick"));
    endAfter(plan.bound());
    try {
      Figures figures =
          new Bench(plan, Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
              .measure();
      System.out.print(new Report(figures).text());
      System.exit(0);
    } catch (BenchFailure failure) {
      System.err.println("bench: " + failure.getMessage());
    } catch (IOException | InterruptedException failure) {
      System.err.println("bench: " + failure);
    }
    System.exit(1);
  }

  /** Shutdown hooks end the other processes. */
  private static void endAfter(int seconds) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(1000L * seconds);
              } catch (InterruptedException notNeeded) {
                return;
              }
              System.err.println("bench: not finished after %d s".formatted(seconds));
              System.exit(1);
            });
  }

  private Figures measure() throws IOException, InterruptedException {
    drawPhotos();
    for (int i = 1; i < plan.starts(); i++) {
      try (ServiceUnderTest service = start(i)) {
        say("ready in %.1f s", service.readySeconds());
      }
    }
    try (ServiceUnderTest service = start(plan.starts());
        LineProcess generator = startGenerator(service)) {
      ServiceLoad load = ServiceLoad.standalone(service, generator);
      measureAgainstLimit(service, load);
      figures.cluster =
          new ClusterBench(
                  plan,
                  distribution,
                  folder,
                  client,
                  this::startGenerator,
                  small,
                  figures.smallBytes)
              .measure(load);
    }
    return figures;
  }

  private void measureAgainstLimit(ServiceUnderTest service, ServiceLoad load)
      throws IOException, InterruptedException {
    try (LineProcess limit = startLimit(service)) {
      figures.start = service.metrics();
      warmUp(limit, load);
      for (int round = 1; round <= plan.rounds(); round++) {
        measureRound(round, limit, load);
      }
      measureLarge(load);
      figures.residentMebibytes = service.residentMebibytes();
    }
  }

  private void drawPhotos() throws IOException {
    small = folder.resolve("small.jpg");
    large = folder.resolve("large.jpg");
    byte[] smallJpeg = DrawnPhoto.jpeg(Report.SMALL_WIDTH, Report.SMALL_HEIGHT);
    byte[] largeJpeg = DrawnPhoto.jpeg(Report.LARGE_WIDTH, Report.LARGE_HEIGHT);
    figures.smallBytes = smallJpeg.length;
    figures.largeBytes = largeJpeg.length;
    Files.write(small, smallJpeg);
    Files.write(large, largeJpeg);
    say("Drew photos of %d and %d KB", smallJpeg.length / 1000, largeJpeg.length / 1000);
  }

  private ServiceUnderTest start(int number) throws IOException, InterruptedException {
    say("Starting the service, %d of %d", number, plan.starts());
    ServiceUnderTest service =
        ServiceUnderTest.start(distribution, client, folder.resolve("service.log"));
    if (number > 1) {
      figures.readySeconds.add(service.readySeconds());
    }
    return service;
  }

  /** With the service's own settings of the JVM and of the memory allocator. */
  private LineProcess startLimit(ServiceUnderTest service) throws IOException {
    List<String> photo =
        List.of(
            small.toString(),
            Integer.toString(Report.SMALL_WIDTH),
            Integer.toString(Report.SMALL_HEIGHT));
    return LineProcess.start(
        "limit",
        service.commandFor(Limit.class, classes, photo),
        service.environment(),
        folder.resolve("limit.log"));
  }

  private LineProcess startGenerator(ServiceUnderTest service, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("-cp", classes.toString(), LoadGenerator.class.getName()));
    command.add(Integer.toString(service.port()));
    command.addAll(List.of(arguments));
    return LineProcess.start("load generator", command, Map.of(), folder.resolve("generator.log"));
  }

  private void warmUp(LineProcess limit, ServiceLoad load)
      throws IOException, InterruptedException {
    say("Warming up");
    load.run(small, SATURATED, plan.warmUp());
    figures.workers = limit.receive();
    measure(limit, 1, plan.pick());
    double best = 0;
    for (int batch : BATCHES) {
      measure(limit, batch, plan.pick() / 2);
      double imagesPerSecond = measure(limit, batch, plan.pick()).imagesPerSecond();
      if (imagesPerSecond > best) {
        best = imagesPerSecond;
        figures.bestBatch = batch;
      }
    }
  }

  private void measureRound(int round, LineProcess limit, ServiceLoad load)
      throws IOException, InterruptedException {
    LimitRound single = measure(limit, 1, plan.limit());
    ServiceRound saturated = load.run(small, SATURATED, plan.saturated());
    LimitRound batched = measure(limit, figures.bestBatch, plan.limit());
    figures.single.add(single);
    figures.add(SATURATED, saturated);
    figures.batched.add(batched);
    for (int connections : LIGHT) {
      figures.add(connections, load.run(small, connections, plan.light()));
    }
    say(
        "Round %d of %d: limit %.0f/s (batch %d: %.0f), service %.0f/s, %.1f CPU-ms; others took %.0f %%",
        round,
        plan.rounds(),
        single.imagesPerSecond(),
        figures.bestBatch,
        batched.imagesPerSecond(),
        saturated.requestsPerSecond(),
        saturated.cpuMillis(),
        100 * saturated.othersShare());
  }

  private static LimitRound measure(LineProcess limit, int batch, double seconds)
      throws IOException {
    limit.send(batch + " " + seconds);
    String[] answer = limit.receive().split(" ", -1);
    return new LimitRound(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
  }

  private void measureLarge(ServiceLoad load) throws IOException, InterruptedException {
    say("The large photo");
    load.run(large, LARGE_CONNECTIONS, plan.largeSeconds() / 2);
    for (int round = 0; round < plan.large(); round++) {
      figures.large.add(load.run(large, LARGE_CONNECTIONS, plan.largeSeconds()));
    }
  }

  static void say(String format, Object... values) {
    System.out.println("… " + String.format(Locale.ROOT, format, values));
  }
}
