package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Kafka broker in a process of its own, so that it can die and hang as brokers do. It does not
 * outlive this JVM.
 */
public final class Broker implements AutoCloseable {
  private static final Path RUN = Path.of("src/test/broker/run");
  private static final Path COMMON = Path.of("src/test/broker/broker.properties");
  private static final Path LIBRARIES = Path.of("target/broker/lib");
  private static final String UP = "Kafka Server started";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int TAIL_LINES = 40;

  private final Path properties;
  private final Path log;
  private volatile Process process;
  private long logBefore;

  private Broker(Path folder) {
    this.properties = folder.resolve("server.properties");
    this.log = folder.resolve("log.txt");
  }

  /**
   * Starts without waiting until it is up, since brokers of one cluster wait for each other.
   *
   * @param folder for its data, settings and log
   * @param settings beyond those that all brokers share; they win over these
   */
  static Broker launch(Path folder, Map<String, String> settings) throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      throw new IllegalStateException(LIBRARIES + " is missing: run make broker");
    }
    Files.createDirectories(folder);
    Broker broker = new Broker(folder);
    String own =
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining());
    Files.writeString(broker.properties, Files.readString(COMMON) + "\n" + own);
    broker.launch();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
    return broker;
  }

  /** Starts it again, after {@link #kill}, on what it had written. */
  void launch() throws IOException {
    logBefore = Files.exists(log) ? Files.size(log) : 0;
    ProcessBuilder builder =
        new ProcessBuilder(RUN.toString(), properties.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process = builder.start();
  }

  /** Fails with the end of the broker's log when it dies or is not up in time. */
  void awaitUp() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!logSinceLaunch().contains(UP)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("The broker has died:\n" + logTail());
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The broker does not come up:\n" + logTail());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Its process's id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines that it logged: its warnings, its errors and when it came up. */
  public String logTail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Ends it by SIGKILL, also when it is paused; returns when it is gone. */
  void kill() throws InterruptedException {
    destroy();
    process.waitFor();
  }

  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Ends it without ceremony: nobody needs its data. */
  @Override
  public void close() {
    destroy();
    process.onExit().join();
  }

  private void destroy() {
    process.destroyForcibly();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("No broker with the process id " + pid());
    }
  }

  private String logSinceLaunch() throws IOException {
    byte[] all = Files.readAllBytes(log);
    int start = (int) Math.min(logBefore, all.length);
    return new String(all, start, all.length - start, StandardCharsets.UTF_8);
  }
}
