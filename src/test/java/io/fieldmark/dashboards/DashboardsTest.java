package io.fieldmark.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the dashboards without Grafana and Prometheus. */
class DashboardsTest {
  private static final int COLUMNS = 24;
  private static final Path RUNBOOKS = Path.of("alerts/runbooks");

  /** Told by every ingestion process alike, of the whole topic or of all feedback. */
  private static final Pattern SUM_OF_WHAT_ALL_TELL =
      Pattern.compile(
          "sum[^(]*\\((rate\\(|increase\\()?fieldmark_(backlog|ledger|retention|photos_lost|duplicates"
              + "|results_unreadable|accuracy|calibration|confusion)");

  static Stream<Dashboard> dashboards() {
    return DashboardFiles.all().stream();
  }

  private static List<JsonNode> panels(Dashboard dashboard) {
    JsonNode json = PanelQuery.read(dashboard.fileName());
    return Nodes.elements(json.path("panels"));
  }

  private static List<JsonNode> drawn(Dashboard dashboard) {
    return panels(dashboard).stream().filter(p -> !p.path("type").asText().equals("row")).toList();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theCommittedFileIsWhatItsSourceSays(Dashboard dashboard) throws IOException {
    assertThat(DashboardFiles.FOLDER.resolve(dashboard.fileName()))
        .as("run make dashboards")
        .hasContent(dashboard.json());
  }

  @Test
  void noOtherFileLiesBesideThem() throws IOException {
    try (Stream<Path> files = Files.list(DashboardFiles.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".json")))
          .containsExactlyInAnyOrderElementsOf(dashboards().map(Dashboard::fileName).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void grafanaFindsWhatItNeeds(Dashboard dashboard) {
    JsonNode json = PanelQuery.read(dashboard.fileName());
    assertThat(json.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    assertThat(json.path("uid").asText()).isNotEmpty().hasSizeLessThanOrEqualTo(40);
    assertThat(json.path("templating").path("list").findValuesAsText("name"))
        .contains("datasource", "namespace", "pod", "instance");
    assertThat(json.findParents("uid").stream().filter(node -> node.has("type")))
        .isNotEmpty()
        .allSatisfy(used -> assertThat(used.path("uid").asText()).isEqualTo("${datasource}"));
    assertThat(panels(dashboard).stream().map(panel -> panel.path("id").asInt()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsLieBesideEachOtherAndInsideTheGrid(Dashboard dashboard) {
    Set<List<Integer>> taken = new HashSet<>();
    List<String> overlapping = new ArrayList<>();
    for (JsonNode panel : panels(dashboard)) {
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).as(panel.path("title").asText()).isLessThanOrEqualTo(COLUMNS);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          if (!taken.add(List.of(x, place.path("y").asInt() + y))) {
            overlapping.add(panel.path("title").asText());
          }
        }
      }
    }
    assertThat(taken).isNotEmpty();
    assertThat(overlapping).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelSaysWhatItShowsInWhichUnit(Dashboard dashboard) {
    assertThat(drawn(dashboard))
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText()).endsWith(".");
              JsonNode defaults = panel.path("fieldConfig").path("defaults");
              assertThat(defaults.path("unit").asText()).isNotBlank();
              assertThat(defaults.path("thresholds").path("steps").get(0).path("value").isNull())
                  .isTrue();
              assertThat(panel.path("targets").findValuesAsText("refId"))
                  .isNotEmpty()
                  .doesNotHaveDuplicates();
            });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void redAndGreenAreNotTheOnlyDifference(Dashboard dashboard) {
    assertThat(dashboard.json())
        .doesNotContain("\"red\"", "\"green\"", "palette-classic", "RdYlGn");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void runbooksThatPanelsLeadToExist(Dashboard dashboard) {
    List<String> pages =
        drawn(dashboard).stream()
            .flatMap(panel -> panel.path("links").findValuesAsText("url").stream())
            .toList();
    assertThat(pages).isNotEmpty().allMatch(page -> page.startsWith("${runbooks}/"));
    if (Files.isDirectory(RUNBOOKS)) {
      assertThat(pages)
          .allSatisfy(
              page -> assertThat(RUNBOOKS.resolve(page.replace("${runbooks}/", ""))).exists());
    }
  }

  /** The reference is kept true by scrapes of running processes. */
  @Test
  void everyMetricThatAPanelReadsIsToldOrDocumented() throws IOException {
    String reference = Files.readString(MetricsReference.FILE);
    assertThat(PanelQuery.all())
        .anySatisfy(query -> assertThat(query.series()).isNotEmpty())
        .allSatisfy(
            query ->
                assertThat(query.series())
                    .as("%s", query)
                    .allMatch(name -> MetricsReference.knows(reference, name)));
  }

  @Test
  void whatMayShowOnlyZerosIsAQueryOfSomePanel() {
    assertThat(PanelQuery.all().stream().map(PanelQuery::name)).containsAll(Motionless.names());
  }

  /**
   * As Grafana's own linter asks, which cannot be had from a package registry. Ten minutes are
   * those of an alert that the panel stands beside.
   */
  @Test
  void countersAreReadAsRatesOverAnIntervalThatFitsTheGraph() {
    Pattern bare = Pattern.compile("(?<!rate\\()(?<!increase\\()\\b\\w+_total\\b");
    assertThat(bare.matcher("sum(x_total{})").find()).isTrue();
    Pattern rate = Pattern.compile("rate\\([^\\[]*\\[(?!\\$__rate_interval]|10m]|\\d+[hd])");
    assertThat(rate.matcher("rate(x_total{}[5m])").find()).isTrue();
    assertThat(PanelQuery.all())
        .allSatisfy(
            query ->
                assertThat(query.expression())
                    .as(query.name())
                    .doesNotContainPattern(bare)
                    .doesNotContainPattern(rate));
  }

  @Test
  void whatEveryIngestionProcessTellsAlikeIsNeverSummed() {
    assertThat(SUM_OF_WHAT_ALL_TELL.matcher("sum(fieldmark_backlog_photos{})").find()).isTrue();
    assertThat(PanelQuery.all())
        .allSatisfy(
            query -> assertThat(query.expression()).doesNotContainPattern(SUM_OF_WHAT_ALL_TELL));
  }
}
