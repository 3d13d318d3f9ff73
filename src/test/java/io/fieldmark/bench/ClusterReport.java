package io.fieldmark.bench;

import io.fieldmark.bench.ProducerTest.Result;
import java.util.List;
import java.util.Locale;

/** The figures with Kafka between the tiers, as {@link Report} writes those of one process. */
final class ClusterReport {
  private final ClusterFigures figures;
  private final StringBuilder text = new StringBuilder();

  ClusterReport(ClusterFigures figures) {
    this.figures = figures;
  }

  String text() {
    write("%n| in turns, small photo, connections | requests/s | CPU-ms per request");
    write(" | broker's CPU-ms | p50 ms | p99 ms |%n| --- | --- | --- | --- | --- | --- |%n");
    writeRounds("one process, %d".formatted(Bench.SATURATED), figures.saturated.standalone);
    writeRounds("with Kafka, %d".formatted(Bench.SATURATED), figures.saturated.clustered);
    writeRounds("one process, 1", figures.light.standalone);
    writeRounds("with Kafka, 1", figures.light.clustered);
    writeHalfCores();
    writeRounds("ingestion alone, 202", figures.storing);
    write(
        "| Kafka's producer test | %s | | %s | | |%n",
        Spread.of(figures.producer, Result::recordsPerSecond).text(0),
        Spread.of(figures.producer, Result::brokerMillis).text(2));
    write(
        "%nIngestion's MiB resident: %s after storing photos, %s with 1,000 requests that wait.%n",
        Spread.number(figures.mebibytesAfterStoring, 0),
        Spread.number(figures.mebibytesWaiting, 0));
    return text.toString();
  }

  private void writeHalfCores() {
    if (!figures.twoHalfCores.isEmpty()) {
      writeRounds("1 worker of half a core", figures.oneHalfCore);
      writeRounds("2 workers of half a core", figures.twoHalfCores);
    }
  }

  private void writeRounds(String name, List<ServiceRound> rounds) {
    write(
        "| %s | %s | %s | %s | %s | %s |%n",
        name,
        Spread.of(rounds, ServiceRound::requestsPerSecond).text(0),
        Spread.of(rounds, ServiceRound::cpuMillis).text(2),
        Spread.of(rounds, ServiceRound::brokerMillis).text(2),
        Spread.of(rounds, ServiceRound::p50Millis).text(1),
        Spread.of(rounds, ServiceRound::p99Millis).text(1));
  }

  private void write(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  List<Goal> goals() {
    return List.of(
        Goal.atLeast(
            0.7,
            "of one process's requests/s with Kafka, at 32 connections",
            figures.saturated.ratio(ServiceRound::requestsPerSecond).median(),
            2),
        Goal.atMost(
            3,
            "CPU-ms more than one process, ingestion and inference, at 32 connections",
            figures.saturated.added(ServiceRound::cpuMillis).median(),
            1),
        Goal.atMost(
            8,
            "ms more than one process, p50 at 1 connection",
            figures.light.added(ServiceRound::p50Millis).median(),
            1),
        Goal.atLeast(
            1.8,
            "times the requests/s with 2 workers of half a core as with 1",
            figures.halfCoreRatio(),
            2),
        Goal.atLeast(
            0.5,
            "of Kafka's producer test, ingestion alone",
            figures.shareOfProducer().median(),
            2),
        Goal.atMost(
            350, "MiB of ingestion with 1,000 requests that wait", figures.mebibytesWaiting, 0));
  }
}
