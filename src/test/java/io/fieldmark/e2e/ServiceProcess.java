package io.fieldmark.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the build made, started as users start it, in a process of its own. */
public final class ServiceProcess implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("target/fieldmark/bin/fieldmark");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path output;

  private ServiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  public static ServiceProcess start(
      Path folder, Map<String, String> environment, String... arguments) throws IOException {
    return startProgram(LAUNCHER.toAbsolutePath(), folder, environment, arguments);
  }

  /** As it is installed elsewhere. */
  public static ServiceProcess startProgram(
      Path launcher, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Of the tests themselves; the service would say that it knows no such key.
    builder.environment().remove("FIELDMARK_PHOTOS");
    builder.environment().putAll(environment);
    return new ServiceProcess(builder.start(), output);
  }

  /** A port that was free a moment ago. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until the path on a local port answers 200. */
  public void awaitOk(int port, String path) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new AssertionError("The service ended: " + output());
      }
      try {
        if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notListeningYet) {
        // tried again below
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("%s never answered 200: %s".formatted(path, output()));
  }

  /** Waits until the process has said so. */
  public void awaitOutput(String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!output().contains(text)) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("Nobody said '%s': %s".formatted(text, output()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The process does not end: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
