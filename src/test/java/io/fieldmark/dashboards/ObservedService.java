package io.fieldmark.dashboards;

import io.fieldmark.config.ConfigSources;
import io.fieldmark.e2e.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The service as the build made it, in one of its modes, with narrow bounds to run into. */
final class ObservedService implements AutoCloseable {
  static final int MAX_IMAGE_BYTES = 256 * 1024;
  private static final Map<String, String> BOUNDS =
      Map.of(
          "FIELDMARK_INGESTION_MAX_IMAGE_BYTES", Integer.toString(MAX_IMAGE_BYTES),
          "FIELDMARK_INGESTION_MAX_INFLIGHT_REQUESTS", "8",
          "FIELDMARK_INFERENCE_WORKERS", "1",
          // Figures that mean nothing, but are there.
          "FIELDMARK_DRIFT_MIN_ANSWERS", "1",
          // Names of collectors are values of labels, and not the same on every machine.
          "JAVA_OPTS", "-XX:+UseSerialGC");

  private final Path folder;
  private final int port;
  private final Map<String, Integer> managementPorts = new LinkedHashMap<>();
  private final List<ServiceProcess> parts = new ArrayList<>();

  private ObservedService(Path folder) throws IOException {
    this.folder = folder;
    this.port = ServiceProcess.freePort();
  }

  static ObservedService standalone(Path folder) throws IOException, InterruptedException {
    ObservedService service = new ObservedService(folder);
    service.launch(Map.of(), "standalone");
    return service;
  }

  /**
   * @param cluster keys that both tiers share, with a broker and topics of their own
   */
  static ObservedService tiers(Path folder, Map<String, String> cluster)
      throws IOException, InterruptedException {
    ObservedService service = new ObservedService(folder);
    Map<String, String> variables = new HashMap<>();
    cluster.forEach((key, value) -> variables.put(ConfigSources.variable(key), value));
    service.launch(variables, "inference", "ingestion");
    return service;
  }

  private void launch(Map<String, String> variables, String... roles)
      throws IOException, InterruptedException {
    for (String role : roles) {
      Map<String, String> environment = new HashMap<>(BOUNDS);
      environment.putAll(variables);
      int management = ServiceProcess.freePort();
      environment.put("FIELDMARK_HTTP_PORT", Integer.toString(port));
      environment.put("FIELDMARK_MANAGEMENT_PORT", Integer.toString(management));
      environment.put("FIELDMARK_INSTANCE", role);
      Path own = Files.createDirectories(folder.resolve(role));
      environment.put("FIELDMARK_FEEDBACK_STORE_PHOTOS", "true");
      environment.put("FIELDMARK_FEEDBACK_FOLDER", own.resolve("labelled").toString());
      parts.add(ServiceProcess.start(own, environment, "serve", "--role", role));
      managementPorts.put(role, management);
    }
    int index = 0;
    for (int management : managementPorts.values()) {
      parts.get(index++).awaitOk(management, "/health/ready");
    }
  }

  int port() {
    return port;
  }

  /** As Prometheus calls them. */
  List<String> targets() {
    return managementPorts.values().stream().map(management -> "127.0.0.1:" + management).toList();
  }

  /** What is chosen on a dashboard that shows this service only; labels of Kubernetes: "All". */
  Map<String, String> variables() {
    return Map.of(
        "namespace", ".*",
        "pod", ".*",
        "instance", String.join("|", targets()),
        "objective", "0.999",
        "backlog_target", "5",
        "__rate_interval", "4s");
  }

  Map<String, Scrape> scrapes() {
    return managementPorts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, part -> scrape(part.getValue())));
  }

  private static Scrape scrape(int management) {
    URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(management));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return Scrape.parse(
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  @Override
  public void close() {
    parts.forEach(ServiceProcess::close);
  }
}
