package io.fieldmark.dashboards;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    services.restartBesideOddRecords();
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
    Map<String, Scrape> one = services.standalone().scrapes();
    Map<String, Scrape> two = services.tiers().scrapes();
    assertSoftly(
        all -> {
          all.assertThat(table.refused()).as("no PromQL").isEmpty();
          all.assertThat(table.silent("standalone", one)).as("no rows, standalone").isEmpty();
          all.assertThat(table.silent("tiers", two)).as("no rows, tiers").isEmpty();
          all.assertThat(table.silentEverywhere()).as("no rows in any mode").isEmpty();
          all.assertThat(table.emptyLegends()).as("labels that no row has").isEmpty();
          all.assertThat(Motionless.names()).as("only zeros").containsAll(table.motionless());
        });
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
    List<String> failed = rules.failed();
    List<String> silent = rules.silent();
    List<String> unknown = rules.unknown(told());
    assertSoftly(
        all -> {
          all.assertThat(failed).as("not evaluated").isEmpty();
          all.assertThat(silent).as("recorded without rows").isEmpty();
          all.assertThat(unknown).as("read, and told by nobody").isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FieldmarkDeadLetters",
        "FieldmarkPhotosLost",
        "FieldmarkResultsUnreadable",
        "FieldmarkLatestConfidenceLow"
      })
  void alertsOfWhatHasHappenedFire(String alert) throws Exception {
    prometheus().await("ALERTS{alertname='%s', alertstate='firing'}".formatted(alert), 1);
  }

  @Test
  void countersOfWhatHasHappenedAreExact() throws Exception {
    Instant now = Instant.now();
    assertThat(prometheus().ask("sum(fieldmark_dead_letters_total)", now).max()).isEqualTo(1);
    assertThat(prometheus().ask("max(fieldmark_photos_lost_total)", now).max()).isEqualTo(2);
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

  /** The checks of this class can fail: each kind of mistake once, put to the same Prometheus. */
  @Test
  void mistakesInPanelsAreReported() throws Exception {
    String mine = "{instance=~'$instance'}";
    RowsTable table =
        table(
            List.of(
                query("no PromQL", "sum(rate(fieldmark_requests_total" + mine + "[5m])", ""),
                query("no metric", "sum(fieldmark_request_total" + mine + ")", ""),
                query("no value", "sum(fieldmark_requests_total{outcome='okay'})", ""),
                query("no label", "sum by (no) (fieldmark_requests_total" + mine + ")", "{{no}}"),
                query("no change", "sum(fieldmark_workers" + mine + ") * 0", "")));
    assertThat(table.refused()).singleElement().asString().startsWith("x / no PromQL / A: ");
    assertThat(table.silentEverywhere())
        .containsExactly("x / no PromQL / A", "x / no metric / A", "x / no value / A");
    assertThat(table.silent("tiers", services.tiers().scrapes()))
        .containsExactly("x / no PromQL / A", "x / no value / A");
    assertThat(table.emptyLegends()).containsExactly("x / no label / A: no");
    assertThat(table.motionless()).contains("x / no change / A").doesNotContain("x / no label / A");
  }

  private static PanelQuery query(String panel, String expression, String legend) {
    return new PanelQuery("x", panel, "A", expression, legend, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "increase(fieldmark_dead_letter_total[15m]) > 0",
        "increase(fieldmark_dead_letters_total{reasn=\"crashed\"}[15m]) > 0",
        "increase(fieldmark_dead_letters_total{reason=\"crash\"}[15m]) > 0",
        "sum by (namespace, reasn) (increase(fieldmark_dead_letters_total[15m])) > 0",
        "namespace:fieldmark_requests_valid:rate7m > 0",
      })
  void mistakesInRulesAreReported(String expression) throws Exception {
    assertThat(told().unknown(expression)).hasSize(1);
  }
}
