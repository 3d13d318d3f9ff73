package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldmark.e2e.ServiceProcess;
import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes every second. */
final class RunningPrometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final int port;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningPrometheus(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  static boolean installed() {
    return Tool.find(List.of("prometheus")).isPresent()
        && Tool.find(List.of("promtool")).isPresent();
  }

  /** Skips the test, and says so, where it is not installed. */
  static Tool findOrSkip() {
    return Tool.findOrSkip("NO PANEL'S QUERY IS TRIED", "prometheus", "prometheus");
  }

  /**
   * @param series folder, in which there may be some already, of times before
   * @param kubernetes where Kubernetes tells of pods
   */
  static RunningPrometheus start(
      Tool tool, Path series, List<ScrapeTarget> targets, ScrapeTarget kubernetes, List<Path> rules)
      throws IOException, InterruptedException {
    Path folder = series.getParent();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, config(targets, kubernetes, rules));
    int port = ServiceProcess.freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        tool.start(
            folder,
            log,
            "--config.file=" + config,
            "--storage.tsdb.path=" + series,
            "--web.listen-address=127.0.0.1:" + port);
    RunningPrometheus prometheus = new RunningPrometheus(process, port, log);
    try {
      prometheus.await("up == 1", targets.size() + 1);
    } catch (IOException | InterruptedException | AssertionError notUp) {
      prometheus.close();
      throw notUp;
    }
    return prometheus;
  }

  /** Labels that Kubernetes' own exporters tell are kept, as is usual. */
  private static String config(
      List<ScrapeTarget> targets, ScrapeTarget kubernetes, List<Path> rules) {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
    rule_files: [%s]
    scrape_configs:
      - job_name: fieldmark
        static_configs: [%s]
      - job_name: kubernetes
        honor_labels: true
        static_configs: [%s]
    """
        .formatted(
            rules.stream()
                .map(r -> "'" + r.toAbsolutePath() + "'")
                .collect(Collectors.joining(", ")),
            targets.stream().map(ScrapeTarget::config).collect(Collectors.joining(", ")),
            kubernetes.config());
  }

  /** Waits until the query has that many rows. */
  void await(String query, int rows) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int found = 0;
    while (found < rows) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(
            "%s has %d rows, not %d:%n%s".formatted(query, found, rows, Files.readString(log)));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      try {
        found = ask(query, Instant.now()).count();
      } catch (IOException notListeningYet) {
        // asked again
      }
    }
  }

  Answer ask(String query, Instant time) throws IOException, InterruptedException {
    return Answer.of(get("query?time=%s&query=%s".formatted(seconds(time), encoded(query))));
  }

  /** What a graph of this time shows. */
  Answer ask(String query, Instant from, Instant to) throws IOException, InterruptedException {
    String range = "query_range?start=%s&end=%s&step=1".formatted(seconds(from), seconds(to));
    return Answer.of(get(range + "&query=" + encoded(query)));
  }

  /** All series that there were at any time, as their names and labels. */
  JsonNode series() throws IOException, InterruptedException {
    return get("series?start=0&match%5B%5D=" + encoded("{__name__=~\".+\"}")).path("data");
  }

  /** All rules as Prometheus sees them, with the health of each. */
  List<JsonNode> rules() throws IOException, InterruptedException {
    JsonNode groups = get("rules").path("data").path("groups");
    return groups.findValues("rules").stream()
        .flatMap(rules -> rules.findParents("health").stream())
        .toList();
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode get(String request) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, request));
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return MAPPER.readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
