package io.fieldmark.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program that only tests need, as it is installed on this machine. */
public record Tool(Path executable) {
  private static final List<String> FURTHER_FOLDERS =
      List.of(
          "/usr/bin",
          "/usr/lib/chromium",
          "/usr/lib/chromium-browser",
          "/snap/bin",
          "/opt/google/chrome",
          "/usr/local/bin",
          "/opt/homebrew/bin");

  /** What a run has written, both streams together. */
  public record Run(int exitCode, String output) {}

  /**
   * Skips the calling test, and says so where nobody overlooks it, when none is installed.
   *
   * @param whatFor what is not tested without it
   * @param debian the package that brings it
   * @param names the first that is found counts
   */
  public static Tool findOrSkip(String whatFor, String debian, String... names) {
    Optional<Path> found = find(List.of(names));
    if (found.isEmpty()) {
      skip(
          """
          %s: %s was not found.
          Install it and run the tests again:
            Debian: apt-get install --no-install-recommends %s
          """
              .formatted(whatFor, names[0], debian));
    }
    return new Tool(found.orElseThrow());
  }

  /** The first of these names that a folder of programs has. */
  public static Optional<Path> find(List<String> names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    List<String> folders =
        Stream.concat(Stream.of(path.split(File.pathSeparator)), FURTHER_FOLDERS.stream()).toList();
    return names.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Skips the calling test, and says so where nobody overlooks it. */
  public static void skip(String missing) {
    System.err.println("*".repeat(80) + "\n" + missing + "*".repeat(80));
    Assumptions.abort(missing);
  }

  /** Waits for its end. */
  public Run run(Path folder, String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  /** Starts it; what it writes goes to the file. */
  public Process start(Path folder, Path output, String... arguments) throws IOException {
    return new ProcessBuilder(command(arguments))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
