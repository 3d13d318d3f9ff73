package io.fieldmark.chaos;

import io.fieldmark.testing.kafka.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of the program, as the build made it, to break and to start again: always on the same
 * ports and with the same name, as an orchestrator would. It does not outlive this JVM.
 */
final class ServiceNode implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("target/fieldmark/bin/fieldmark");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private final String name;
  private final String role;
  private final Path log;
  private final Map<String, String> environment;
  private final int port;
  private final int managementPort;
  private volatile Process process;

  private ServiceNode(String name, String role, Path folder, Map<String, String> environment)
      throws IOException {
    this.name = name;
    this.role = role;
    this.log = folder.resolve(name + ".log");
    this.port = LoopbackPort.free();
    this.managementPort = LoopbackPort.free();
    this.environment = new HashMap<>(environment);
    this.environment.put("FIELDMARK_INSTANCE", name);
    this.environment.put("FIELDMARK_HTTP_PORT", Integer.toString(port));
    this.environment.put("FIELDMARK_MANAGEMENT_PORT", Integer.toString(managementPort));
  }

  /**
   * Returns before it is ready.
   *
   * @param folder for its log, to which each of its lives adds
   */
  static ServiceNode launch(String name, String role, Path folder, Map<String, String> environment)
      throws IOException {
    ServiceNode node = new ServiceNode(name, role, folder, environment);
    node.launch();
    Runtime.getRuntime().addShutdownHook(new Thread(node::destroy));
    return node;
  }

  /** Starts it again, after its end. */
  void launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(LAUNCHER.toAbsolutePath().toString(), "serve", "--role", role)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** A worker is ready when it has partitions. */
  void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("%s is not ready:%n%s".formatted(name, output()));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean ready() {
    try {
      return HttpReply.get(managementPort, "/health/ready", GLANCE).status() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; returns its exit code when it has ended. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(name + " does not end");
    }
    return process.exitValue();
  }

  /** SIGSTOP: its connections stay open, and it does nothing. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    if (new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("%s has no process %s".formatted(name, pid));
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** The sum over all series of this name. */
  double metric(String metric) throws IOException {
    String text = HttpReply.get(managementPort, "/metrics", GLANCE).body();
    List<String> samples =
        text.lines().filter(line -> line.matches(metric + "(\\{.*\\})? [^ ]*")).toList();
    if (samples.isEmpty()) {
      throw new IllegalStateException("%s has no %s".formatted(name, metric));
    }
    return samples.stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What all its lives have logged. */
  String output() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    destroy();
    process.onExit().join();
  }

  private void destroy() {
    process.destroyForcibly();
  }
}
