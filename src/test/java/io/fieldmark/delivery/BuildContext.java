package io.fieldmark.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code .dockerignore} lets in of this project. */
record BuildContext(List<String> rules) {
  static BuildContext read() throws IOException {
    return new BuildContext(
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList());
  }

  /** Whether everything is kept out but what is named, without patterns. */
  boolean isAllowList() {
    return rules.get(0).equals("*")
        && rules.stream().skip(1).allMatch(rule -> rule.matches("![\\w./-]+"));
  }

  List<Path> allowed() {
    return rules.stream().skip(1).map(rule -> Path.of(rule.substring(1))).toList();
  }

  boolean contains(Path path) {
    return allowed().stream().anyMatch(path::startsWith);
  }

  long bytes() {
    return allowed().stream().mapToLong(BuildContext::bytes).sum();
  }

  private static long bytes(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
