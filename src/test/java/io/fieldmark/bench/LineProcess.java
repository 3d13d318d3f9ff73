package io.fieldmark.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A part of the benchmark in a process of its own, so that what it costs can be told apart: it
 * takes a command a line and answers in lines. It ends when its input ends.
 */
final class LineProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 3;

  private final String name;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private LineProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param environment added to this process's own
   * @param errors a file for what it writes to its standard error
   */
  static LineProcess start(
      String name, List<String> command, Map<String, String> environment, Path errors)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new LineProcess(name, ChildProcess.start(builder));
  }

  void send(String command) throws IOException {
    commands.write(command);
    commands.newLine();
    commands.flush();
  }

  String receive() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new BenchFailure("The %s has ended before its time".formatted(name));
    }
    return line;
  }

  void expect(String line) throws IOException {
    String received = receive();
    if (!received.equals(line)) {
      throw new BenchFailure("The %s said '%s'".formatted(name, received));
    }
  }

  /** User and system time since it began. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    commands.close();
    ChildProcess.awaitEnd(process, PATIENCE_SECONDS);
  }
}
