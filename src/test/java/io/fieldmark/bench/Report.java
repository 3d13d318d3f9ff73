package io.fieldmark.bench;

import io.fieldmark.bench.Figures.LimitRound;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures as Markdown tables: medians of the rounds, lowest and highest in brackets. */
final class Report {
  static final int SMALL_WIDTH = 640;
  static final int SMALL_HEIGHT = 480;
  static final int LARGE_WIDTH = 4000;
  static final int LARGE_HEIGHT = 3000;

  /** Share of the machine that others may take before rates and latencies say little. */
  private static final double QUIET = 0.1;

  private static final List<String> STAGES =
      List.of("receive", "queue", "decode", "batch_wait", "infer");
  private static final List<String> PHASES = List.of("jvm", "native", "model", "warmup");

  private final Figures figures;
  private final StringBuilder text = new StringBuilder();

  Report(Figures figures) {
    this.figures = figures;
  }

  String text() {
    writeHead();
    writeLimit();
    writeService();
    writeStages();
    writeLarge();
    text.append(new ClusterReport(figures.cluster).text());
    writeStart();
    writeGoals();
    return text.toString();
  }

  private void write(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private void writeHead() {
    write("%n# Fieldmark on this machine%n%n");
    write(
        "%d cores, Java %s, %s. Small photo: %d×%d, %d KB; large: %d×%d, %d KB.%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        figures.workers,
        SMALL_WIDTH,
        SMALL_HEIGHT,
        figures.smallBytes / 1000,
        LARGE_WIDTH,
        LARGE_HEIGHT,
        figures.largeBytes / 1000);
    write(
        "Medians of %d rounds, lowest and highest in brackets. Other processes took %s %% of the machine.%n",
        figures.single.size(), saturated(round -> 100 * round.othersShare()).text(0));
    if (saturated(ServiceRound::othersShare).highest() > QUIET) {
      write("That is no quiet machine: of these figures, trust CPU-ms only.%n");
    }
  }

  private void writeLimit() {
    write("%n| limit with no server: decode + forward | images/s | CPU-ms per image |%n");
    write("| --- | --- | --- |%n");
    writeLimit("batch 1", figures.single);
    writeLimit("batch %d, the best of 2, 4, 8".formatted(figures.bestBatch), figures.batched);
  }

  private void writeLimit(String name, List<LimitRound> rounds) {
    write(
        "| %s | %s | %s |%n",
        name,
        Spread.of(rounds, LimitRound::imagesPerSecond).text(0),
        Spread.of(rounds, LimitRound::cpuMillis).text(2));
  }

  private void writeService() {
    write("%n| service, connections | requests/s | of the limit at batch 1 | CPU-ms per request");
    write(" | p50 ms | p99 ms | images in a batch | batches of 1 / 2 / 3–4 / 5–8 %%");
    write(" | load generator, %% of the machine |%n");
    write("| --- | --- | --- | --- | --- | --- | --- | --- | --- |%n");
    figures.byConnections.forEach(
        (connections, rounds) ->
            write(
                "| %d | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                connections,
                Spread.of(rounds, ServiceRound::requestsPerSecond).text(0),
                figures.shareOfLimit(connections).text(2),
                Spread.of(rounds, ServiceRound::cpuMillis).text(2),
                Spread.of(rounds, ServiceRound::p50Millis).text(1),
                Spread.of(rounds, ServiceRound::p99Millis).text(1),
                Spread.of(rounds, ServiceRound::imagesPerBatch).text(1),
                batches(rounds),
                Spread.of(rounds, round -> 100 * round.generatorShare()).text(1)));
  }

  private static String batches(List<ServiceRound> rounds) {
    return String.join(
        " / ",
        percent(rounds, round -> round.batchShare(0, 1)),
        percent(rounds, round -> round.batchShare(1, 2)),
        percent(rounds, round -> round.batchShare(2, 4)),
        percent(rounds, round -> round.batchShare(4, 8)));
  }

  private static String percent(List<ServiceRound> rounds, ToDoubleFunction<ServiceRound> share) {
    return Spread.number(100 * rounds.stream().mapToDouble(share).average().orElseThrow(), 0);
  }

  private void writeStages() {
    write("%n| mean ms by stage, connections | %s |%n", String.join(" | ", STAGES));
    write("| --- |%s%n", " --- |".repeat(STAGES.size()));
    figures.byConnections.forEach(
        (connections, rounds) -> writeStages(Integer.toString(connections), rounds));
    writeStages(Bench.LARGE_CONNECTIONS + ", large photo", figures.large);
  }

  private void writeStages(String name, List<ServiceRound> rounds) {
    write("| %s |", name);
    for (String stage : STAGES) {
      Spread millis = Spread.of(rounds, round -> round.stageMillis(stage));
      write(" %s |", Spread.number(millis.median(), 2));
    }
    write("%n");
  }

  private void writeLarge() {
    write("%n| large photo, connections | requests/s | CPU-ms per request | p50 ms | p99 ms |%n");
    write("| --- | --- | --- | --- | --- |%n");
    write(
        "| %d | %s | %s | %s | %s |%n",
        Bench.LARGE_CONNECTIONS,
        Spread.of(figures.large, ServiceRound::requestsPerSecond).text(1),
        Spread.of(figures.large, ServiceRound::cpuMillis).text(1),
        Spread.of(figures.large, ServiceRound::p50Millis).text(0),
        Spread.of(figures.large, ServiceRound::p99Millis).text(0));
  }

  private void writeStart() {
    write("%n| start | ready, s | %s | MiB resident after load |%n", String.join(" | ", PHASES));
    write("| --- | --- |%s --- |%n", " --- |".repeat(PHASES.size()));
    write("| | %s |", ready().text(2));
    for (String phase : PHASES) {
      double seconds =
          figures.start.value("fieldmark_cold_start_seconds{phase=\"%s\"}".formatted(phase));
      write(" %s |", Spread.number(seconds, 2));
    }
    write(" %s |%n", Spread.number(figures.residentMebibytes, 0));
  }

  private void writeGoals() {
    write("%n| goal | wanted | measured | |%n| --- | --- | --- | --- |%n");
    List.of(
            Goal.atLeast(
                0.9,
                "of the limit at batch 1, at 32 connections",
                figures.shareOfLimit(Bench.SATURATED).median(),
                2),
            Goal.atMost(
                9,
                "CPU-ms for the small photo, at 32 connections",
                saturated(ServiceRound::cpuMillis).median(),
                1),
            Goal.atMost(
                60,
                "CPU-ms for the large photo",
                Spread.of(figures.large, ServiceRound::cpuMillis).median(),
                1),
            Goal.atMost(8, "seconds until ready", ready().median(), 1))
        .forEach(goal -> text.append(goal.row()));
    new ClusterReport(figures.cluster).goals().forEach(goal -> text.append(goal.row()));
    write(
        "%nBy CPU time, which other processes disturb least: %s of the limit at batch 1, %s at batch %d.%n",
        figures.shareByCpu(figures.single, Bench.SATURATED).text(2),
        figures.shareByCpu(figures.batched, Bench.SATURATED).text(2),
        figures.bestBatch);
  }

  private Spread saturated(ToDoubleFunction<ServiceRound> figure) {
    return Spread.of(figures.byConnections.get(Bench.SATURATED), figure);
  }

  private Spread ready() {
    return Spread.of(figures.readySeconds, Double::doubleValue);
  }
}
