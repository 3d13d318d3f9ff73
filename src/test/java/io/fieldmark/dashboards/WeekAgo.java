package io.fieldmark.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Predictions that these services are said to have made a week ago, for panels that look back. */
final class WeekAgo {
  private static final Duration WEEK = Duration.ofDays(7);

  private WeekAgo() {}

  /**
   * @param series folder of a Prometheus that is to start
   */
  static void write(Path series, List<ScrapeTarget> targets)
      throws IOException, InterruptedException {
    Tool promtool = Tool.findOrSkip("NO PANEL'S QUERY IS TRIED", "prometheus", "promtool");
    Path text = series.resolveSibling("week-ago.txt");
    Files.writeString(text, text(Instant.now().minus(WEEK).getEpochSecond(), targets));
    Tool.Run run =
        promtool.run(
            series.getParent(),
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            text.toString(),
            series.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private static String text(long weekAgo, List<ScrapeTarget> targets) {
    return targets.stream()
        .flatMap(target -> Stream.of("cat", "unknown").map(label -> labels(target, label)))
        .flatMap(labels -> samples(weekAgo, labels))
        .collect(Collectors.joining("", "# TYPE fieldmark_predictions counter\n", "# EOF\n"));
  }

  private static String labels(ScrapeTarget target, String label) {
    String added =
        target.labels().entrySet().stream()
            .map(
                (Map.Entry<String, String> one) ->
                    ",%s=\"%s\"".formatted(one.getKey(), one.getValue()))
            .collect(Collectors.joining());
    return "label=\"%s\",confidence_band=\"0.8-1.0\",job=\"fieldmark\",instance=\"%s\"%s"
        .formatted(label, target.address(), added);
  }

  /** One more each minute, of two hours around then. */
  private static Stream<String> samples(long weekAgo, String labels) {
    return Stream.iterate(-60, minute -> minute <= 60, minute -> minute + 1)
        .map(
            minute ->
                "fieldmark_predictions_total{%s} %d %d\n"
                    .formatted(labels, minute + 61, weekAgo + minute * 60L));
  }
}
