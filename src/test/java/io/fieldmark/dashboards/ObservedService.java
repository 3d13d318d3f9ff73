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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
  private final String namespace;
  private final Map<String, String> shared = new HashMap<>(BOUNDS);
  private final int port;
  private final Map<String, Integer> managementPorts = new LinkedHashMap<>();
  private final Map<String, ServiceProcess> parts = new LinkedHashMap<>();

  private ObservedService(Path folder, String namespace, Map<String, String> variables)
      throws IOException {
    this.folder = folder;
    this.namespace = namespace;
    this.shared.putAll(variables);
    this.port = ServiceProcess.freePort();
  }

  /** Seen as outside Kubernetes: nothing is labelled by namespace and pod. */
  static ObservedService standalone(Path folder) throws IOException, InterruptedException {
    ObservedService service = new ObservedService(folder, "", Map.of());
    service.launch("standalone");
    return service;
  }

  /**
   * Seen as in Kubernetes: labelled by namespace and pod.
   *
   * @param cluster keys that both tiers share, with a broker and topics of their own
   */
  static ObservedService tiers(Path folder, Map<String, String> cluster)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>();
    cluster.forEach((key, value) -> variables.put(ConfigSources.variable(key), value));
    ObservedService service = new ObservedService(folder, "wild", variables);
    service.launch("inference", "ingestion");
    return service;
  }

  private void launch(String... roles) throws IOException, InterruptedException {
    for (String role : roles) {
      managementPorts.put(role, ServiceProcess.freePort());
      start(role);
    }
    for (String role : roles) {
      awaitReady(role);
    }
  }

  private void start(String role) throws IOException {
    Map<String, String> environment = new HashMap<>(shared);
    environment.put("FIELDMARK_HTTP_PORT", Integer.toString(port));
    environment.put("FIELDMARK_MANAGEMENT_PORT", managementPorts.get(role).toString());
    environment.put("FIELDMARK_INSTANCE", role);
    Path own = Files.createDirectories(folder.resolve(role));
    environment.put("FIELDMARK_FEEDBACK_STORE_PHOTOS", "true");
    environment.put("FIELDMARK_FEEDBACK_FOLDER", own.resolve("labelled").toString());
    parts.put(role, ServiceProcess.start(own, environment, "serve", "--role", role));
  }

  private void awaitReady(String role) throws IOException, InterruptedException {
    parts.get(role).awaitOk(managementPorts.get(role), "/health/ready");
  }

  /** Ends one part in order. */
  void end(String role) throws IOException, InterruptedException {
    parts.get(role).terminate();
    parts.get(role).exitCode();
  }

  /** Starts a part that was ended, on the same ports. */
  void startAgain(String role) throws IOException, InterruptedException {
    start(role);
    awaitReady(role);
  }

  int port() {
    return port;
  }

  List<ScrapeTarget> targets() {
    return managementPorts.entrySet().stream()
        .map(part -> new ScrapeTarget("127.0.0.1:" + part.getValue(), labels(part.getKey())))
        .toList();
  }

  private Map<String, String> labels(String role) {
    return namespace.isEmpty()
        ? Map.of()
        : Map.of("namespace", namespace, "pod", "fieldmark-%s-5c8f7d9b64-h7k2p".formatted(role));
  }

  /** What is chosen on a dashboard that shows this service only; "All" outside Kubernetes. */
  Map<String, String> variables() {
    return Map.of(
        "namespace",
        namespace.isEmpty() ? ".*" : namespace,
        "pod",
        namespace.isEmpty() ? ".*" : chosen(target -> target.labels().get("pod")),
        "instance",
        chosen(ScrapeTarget::address),
        "objective",
        "0.999",
        "backlog_target",
        "5",
        "__rate_interval",
        "20s");
  }

  private String chosen(Function<ScrapeTarget, String> what) {
    return targets().stream().map(what).collect(Collectors.joining("|"));
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
    parts.values().forEach(ServiceProcess::close);
  }
}
