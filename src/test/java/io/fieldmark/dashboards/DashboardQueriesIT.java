package io.fieldmark.dashboards;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service in both modes, with something of everything to do, and what a real Prometheus that
 * scrapes it makes of every query of every panel and of every rule.
 */
class DashboardQueriesIT {
  private static final int ROUNDS = 12;
  private static final int MOST_SERIES = 3000;
  private static final Path REFERENCE = Path.of("target/metrics.md");
  private static final Path TABLE = Path.of("target/dashboard-rows.txt");

  @TempDir private static Path folder;
  private static LoadedServices services;
  private static KubernetesStandIn kubernetes;
  private static RunningPrometheus prometheus;
  private static Instant from;
  private static Instant to;

  @BeforeAll
  static void start() throws Exception {
    services = LoadedServices.start(folder);
    if (RunningPrometheus.installed()) {
      observe();
    }
    services.setAPhotoAside();
    from = Instant.now();
    services.load(ROUNDS);
    to = Instant.now();
  }

  private static void observe() throws Exception {
    Tool tool = RunningPrometheus.findOrSkip();
    List<ScrapeTarget> targets = services.targets();
    kubernetes =
        KubernetesStandIn.start(
            services.tiers().targets().stream().map(ScrapeTarget::labels).toList());
    Path series = folder.resolve("series");
    WeekAgo.write(series, targets);
    List<Path> rules = RuleFiles.all(folder);
    prometheus = RunningPrometheus.start(tool, series, targets, kubernetes.target(), rules);
    prometheus.await("ALERTS{alertname='%s'}".formatted(RuleFiles.ALWAYS), 1);
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable started : new AutoCloseable[] {prometheus, kubernetes, services}) {
      close(started);
    }
  }

  private static void close(AutoCloseable started) {
    try {
      if (started != null) {
        started.close();
      }
    } catch (Exception notClosed) {
      throw new AssertionError(notClosed);
    }
  }

  /** Skips the test where Prometheus is not installed. */
  private static RunningPrometheus prometheus() {
    RunningPrometheus.findOrSkip();
    return prometheus;
  }

  private static RowsTable table(List<PanelQuery> queries) throws Exception {
    RowsTable table = new RowsTable();
    table.execute(queries, "standalone", prometheus(), services.standalone(), from, to);
    table.execute(queries, "tiers", prometheus(), services.tiers(), from, to);
    return table;
  }

  private static ToldSeries told() throws Exception {
    return ToldSeries.of(prometheus().series());
  }

  /** Needs no Prometheus. */
  @Test
  void theReferenceListsWhatTheServiceTells() throws Exception {
    // Feedback is reckoned with every two seconds, and told from then on.
    eventually(
        "both tell figures of feedback",
        () ->
            MetricsReference.of(services.scrapes())
                .contains("`fieldmark_confusion` | gauge | actual, predicted | ingestion, stand"));
    String told = MetricsReference.of(services.scrapes());
    Files.writeString(REFERENCE, told);
    assertThat(MetricsReference.FILE)
        .as("the true one is %s: put it there", REFERENCE)
        .hasContent(told);
  }

  @Test
  void everyQueryOfEveryPanelReturnsRows() throws Exception {
    RowsTable table = table(PanelQuery.all());
    Files.writeString(TABLE, table.text());
    System.out.println(table.text());
    assertThat(table.refused()).isEmpty();
    assertThat(table.silent("standalone", services.standalone().scrapes())).isEmpty();
    assertThat(table.silent("tiers", services.tiers().scrapes())).isEmpty();
    assertThat(table.silentEverywhere()).isEmpty();
    assertThat(table.emptyLegends()).isEmpty();
    assertThat(table.motionless())
        .as("only zeros: listed in Motionless, and no others are")
        .containsExactlyInAnyOrderElementsOf(Motionless.names());
  }

  @Test
  void everyNameInAPanelIsTold() throws Exception {
    ToldSeries told = told();
    List<String> unknown = new ArrayList<>();
    for (PanelQuery query : PanelQuery.all()) {
      Map<String, String> variables = services.tiers().variables();
      told.unknown(query.with(variables)).forEach(f -> unknown.add(query.name() + ": " + f));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyRuleIsExecutedAndReadsWhatIsTold() throws Exception {
    ExecutedRules rules = new ExecutedRules(prometheus());
    assertThat(rules.failed()).isEmpty();
    assertThat(rules.silent()).isEmpty();
    assertThat(rules.unknown(told())).isEmpty();
  }

  /** Of a photo that was set aside right after the start of its process. */
  @Test
  void theAlertOfDeadLettersFires() throws Exception {
    prometheus().await("ALERTS{alertname='FieldmarkDeadLetters', alertstate='firing'}", 1);
    eventually("a dead letter is counted", () -> deadLetters() == 1);
  }

  private static double deadLetters() {
    try {
      return prometheus().ask("sum(fieldmark_dead_letters_total)", Instant.now()).max();
    } catch (Exception notAsked) {
      throw new AssertionError(notAsked);
    }
  }

  @Test
  void noInstanceTellsTooManySeries() throws Exception {
    Answer all = prometheus().ask("max_over_time(scrape_samples_scraped{job='fieldmark'}[1h])", to);
    all.rows()
        .forEach(
            row ->
                System.out.printf(
                    "%s %s: %s series%n",
                    row.at("/metric/pod").asText("standalone"),
                    row.at("/metric/instance").asText(),
                    row.at("/value/1").asText()));
    assertThat(all.count()).isEqualTo(services.targets().size());
    assertThat(all.max()).isBetween(100.0, (double) MOST_SERIES);
  }
}
