package io.fieldmark.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service as it is shipped, in a process of its own and on free ports. */
final class ServiceUnderTest implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 20;
  private static final long STOP_SECONDS = 15;

  private final Process process;
  private final HttpClient client;
  private final int port;
  private final int managementPort;
  private final Path log;
  private double readySeconds;

  private ServiceUnderTest(
      Process process, HttpClient client, int port, int managementPort, Path log) {
    this.process = process;
    this.client = client;
    this.port = port;
    this.managementPort = managementPort;
    this.log = log;
  }

  /** Everything in one process; returns when it is ready. */
  static ServiceUnderTest start(Path distribution, HttpClient client, Path log)
      throws IOException, InterruptedException {
    return start(distribution, client, log, "standalone", Map.of());
  }

  /**
   * Returns when it is ready.
   *
   * @param settings variables of its environment
   */
  static ServiceUnderTest start(
      Path distribution, HttpClient client, Path log, String role, Map<String, String> settings)
      throws IOException, InterruptedException {
    String launcher = distribution.resolve("bin/fieldmark").toString();
    return start(List.of(launcher, "serve", "--role", role), client, log, settings);
  }

  /** As this one runs, but by another main class. Returns when it is ready. */
  ServiceUnderTest startOther(Class<?> main, Path classes, Path otherLog)
      throws IOException, InterruptedException {
    return start(commandFor(main, classes, List.of("serve")), client, otherLog, environment());
  }

  private static ServiceUnderTest start(
      List<String> command, HttpClient client, Path log, Map<String, String> settings)
      throws IOException, InterruptedException {
    int port = freePort();
    int managementPort = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(settings);
    builder.environment().put("FIELDMARK_HTTP_PORT", Integer.toString(port));
    builder.environment().put("FIELDMARK_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.environment().put("FIELDMARK_SHUTDOWN_DRAIN_DELAY", "0s");
    long begin = System.nanoTime();
    Process process = ChildProcess.start(builder);
    ServiceUnderTest service = new ServiceUnderTest(process, client, port, managementPort, log);
    service.awaitReady(begin);
    return service;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(long begin) throws IOException, InterruptedException {
    while (!ready()) {
      if (!process.isAlive()) {
        throw new BenchFailure("The service has ended:\n" + Files.readString(log));
      }
      if (System.nanoTime() - begin > START_LIMIT.toNanos()) {
        throw new BenchFailure(
            "Not ready after %s:%n%s".formatted(START_LIMIT, Files.readString(log)));
      }
      Thread.sleep(POLL_MILLIS);
    }
    readySeconds = (System.nanoTime() - begin) / 1e9;
  }

  private boolean ready() throws InterruptedException {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(managementPort, path));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  PrometheusText metrics() throws IOException, InterruptedException {
    return PrometheusText.parse(get("/metrics").body());
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** From the start of its process until it said that it was ready. */
  double readySeconds() {
    return readySeconds;
  }

  /** User and system time since it began. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** NaN where the operating system does not tell. */
  double residentMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  /** A command line that differs from the service's in its main class only. */
  List<String> commandFor(Class<?> main, Path classes, List<String> arguments) {
    ProcessHandle.Info info = process.info();
    List<String> command = new ArrayList<>();
    command.add(info.command().orElseThrow());
    command.addAll(Arrays.asList(info.arguments().orElseThrow()));
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, classes + File.pathSeparator + command.get(classPath));
    command.subList(classPath + 1, command.size()).clear();
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /** The variables that its launcher may have set, where the operating system tells. */
  Map<String, String> environment() throws IOException {
    Map<String, String> variables = new HashMap<>();
    Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
    if (Files.isReadable(environ)) {
      String text = new String(Files.readAllBytes(environ), StandardCharsets.UTF_8);
      for (String variable : text.split("\0", -1)) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
          variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
    }
    return variables;
  }

  @Override
  public void close() {
    process.destroy();
    ChildProcess.awaitEnd(process, STOP_SECONDS);
  }
}
