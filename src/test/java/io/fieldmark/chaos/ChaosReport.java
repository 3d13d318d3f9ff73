package io.fieldmark.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of it, in Markdown. */
final class ChaosReport {
  private static final double SESSION_TIMEOUT_SECONDS = 6;
  private static final double MILLIS = 1e3;

  private final StringBuilder text = new StringBuilder();
  private final Register register;
  private final List<Episode> episodes;

  private ChaosReport(Register register, List<Episode> episodes) {
    this.register = register;
    this.episodes = episodes;
  }

  static String of(Register register, List<Episode> episodes, Verdict verdict) {
    ChaosReport report = new ChaosReport(register, episodes);
    report.writeVerdict(verdict);
    report.writeFaults();
    report.writeGoals(verdict);
    return report.text.toString();
  }

  private void write(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private void writeVerdict(Verdict verdict) {
    write("%n| photos promised | %d |%n| --- | --- |%n", verdict.photos());
    for (Source source : Source.values()) {
      write("| of them %s | %d |%n", source, register.photos(source));
    }
    write("| requests that failed | %d |%n", register.failed());
    register.failures().forEach((how, often) -> write("| of them %s | %s |%n", how, often));
    write("| faults | %d |%n", episodes.size());
    write("| results | %d |%n", verdict.results());
    write("| lost | %d |%n", verdict.lost());
    write("| duplicates seen and suppressed | %d |%n", verdict.duplicates());
    write("| visible duplicates | %d |%n", verdict.visibleDuplicates());
    write("| results not found by HTTP | %d |%n", verdict.hidden());
    write("| mismatched | %d |%n", verdict.mismatched());
    write("| dead letters | %d |%n", verdict.deadLetters());
    write("| imbalance of the ledger | %.0f |%n", verdict.imbalance());
    verdict.complaints().forEach(complaint -> write("%n- %s%n", complaint));
  }

  private void writeFaults() {
    write(
        "%n| fault | times | longest outage s | longest wait s | p95 ms | failed | answered %% |");
    write("%n| --- | --- | --- | --- | --- | --- | --- |%n");
    for (Fault fault : Fault.values()) {
      List<Episode> of = episodes.stream().filter(e -> e.fault() == fault).toList();
      if (!of.isEmpty()) {
        write(
            "| %s | %d | %.1f | %.1f | %.0f | %d | %.2f |%n",
            fault,
            of.size(),
            outage(of),
            percentile(of, 1) / MILLIS,
            percentile(of, 0.95),
            failed(of),
            answeredPercent(of));
      }
    }
  }

  private void writeGoals(Verdict verdict) {
    List<Episode> graceful = episodes.stream().filter(e -> e.fault().graceful()).toList();
    write("%n| goal | wanted | measured |%n| --- | --- | --- |%n");
    write("| lost | 0 | %d |%n", verdict.lost());
    write("| visible duplicates | 0 | %d |%n", verdict.visibleDuplicates());
    write("| answered during graceful restarts, %% | ≥ 99.9 | %.2f |%n", answeredPercent(graceful));
    write("| p95 during graceful restarts, ms | < 1000 | %.0f |%n", percentile(graceful, 0.95));
    write(
        "| longest wait when a worker is killed, s | ≤ %.0f | %.1f |%n",
        SESSION_TIMEOUT_SECONDS + 5, percentile(of(Fault.WORKER_KILLED), 1) / MILLIS);
    write(
        "| longest outage when a broker is killed, s | ≤ 10 (one of three) | %.1f |%n",
        outage(of(Fault.BROKER_KILLED)));
  }

  private List<Episode> of(Fault fault) {
    return episodes.stream().filter(episode -> episode.fault() == fault).toList();
  }

  private double outage(List<Episode> of) {
    return of.stream()
        .mapToDouble(episode -> episode.longestOutageSeconds(register))
        .max()
        .orElse(Double.NaN);
  }

  private static int failed(List<Episode> of) {
    return of.stream().mapToInt(Episode::failed).sum();
  }

  /** Of those who came during the episodes and waited for their answer. */
  private double answeredPercent(List<Episode> of) {
    double answered = waits(of).size();
    return 100 * answered / (answered + failed(of));
  }

  private double percentile(List<Episode> of, double share) {
    List<Double> sorted = waits(of).stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  private List<Double> waits(List<Episode> of) {
    List<Double> waits = new ArrayList<>();
    of.forEach(episode -> waits.addAll(episode.waitsMillis(register)));
    return waits;
  }
}
