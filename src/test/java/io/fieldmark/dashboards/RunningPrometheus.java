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

  /** Skips the test, and says so, where it is not installed. */
  static Tool findOrSkip() {
    return Tool.findOrSkip("NO PANEL'S QUERY IS TRIED", "prometheus", "prometheus");
  }

  /**
   * @param targets host:port
   */
  static RunningPrometheus start(Tool tool, Path folder, List<String> targets, List<Path> rules)
      throws IOException, InterruptedException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, config(targets, rules));
    int port = ServiceProcess.freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        tool.start(
            folder,
            log,
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("series"),
            "--web.listen-address=127.0.0.1:" + port);
    RunningPrometheus prometheus = new RunningPrometheus(process, port, log);
    try {
      prometheus.await("up == 1", targets.size());
    } catch (IOException | InterruptedException | AssertionError notUp) {
      prometheus.close();
      throw notUp;
    }
    return prometheus;
  }

  private static String config(List<String> targets, List<Path> rules) {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
    rule_files: [%s]
    scrape_configs:
      - job_name: fieldmark
        static_configs:
          - targets: [%s]
    """
        .formatted(
            rules.stream()
                .map(r -> "'" + r.toAbsolutePath() + "'")
                .collect(Collectors.joining(", ")),
            targets.stream().map(t -> "'" + t + "'").collect(Collectors.joining(", ")));
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
        found = rows(query, Instant.now());
      } catch (IOException notListeningYet) {
        // asked again
      }
    }
  }

  /** Rows with a number at this time; fails when Prometheus refuses the query. */
  int rows(String query, Instant time) throws IOException, InterruptedException {
    return numbers(get("query?time=%s&query=%s".formatted(seconds(time), encoded(query))), "value");
  }

  /** Rows with a number at any time between these. */
  int rows(String query, Instant from, Instant to) throws IOException, InterruptedException {
    String range = "query_range?start=%s&end=%s&step=1".formatted(seconds(from), seconds(to));
    return numbers(get(range + "&query=" + encoded(query)), "values");
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

  private static int numbers(JsonNode answer, String values) {
    int rows = 0;
    for (JsonNode row : answer.path("data").path("result")) {
      String text = row.path(values).toString();
      rows += text.replace("\"NaN\"", "").matches(".*\"[-+0-9].*") ? 1 : 0;
    }
    return rows;
  }

  private JsonNode get(String request) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, request));
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    JsonNode json = MAPPER.readTree(answer.body());
    if (!json.path("status").asText().equals("success")) {
      throw new AssertionError("%s: %s".formatted(request, answer.body()));
    }
    return json;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
