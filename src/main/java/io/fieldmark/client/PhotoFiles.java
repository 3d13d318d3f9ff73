package io.fieldmark.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that a person means. */
final class PhotoFiles {
  private static final String STANDARD_INPUT = "-";

  private PhotoFiles() {}

  /**
   * Every file below a folder, in the order of their names, the file itself, or those that are
   * named on lines.
   *
   * @param names read only where {@code source} is {@code -}, as they come
   */
  static Stream<Path> of(String source, BufferedReader names) {
    if (source.equals(STANDARD_INPUT)) {
      return names.lines().filter(name -> !name.isEmpty()).map(Path::of);
    }
    Path path = Path.of(source);
    if (!Files.exists(path)) {
      throw new ClientFailure("There is no file or folder " + source);
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new ClientFailure(
          "The folder %s cannot be read: %s".formatted(source, unreadable.getMessage()),
          unreadable);
    }
  }
}
