package io.fieldmark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Labelled real photos, which are not part of this project. */
public final class Photos {
  private static final String VARIABLE = "FIELDMARK_PHOTOS";

  private Photos() {}

  /** One photo and the name of the folder that it lies in. */
  public record Photo(Path file, String folder) {
    public byte[] bytes() {
      try {
        return Files.readAllBytes(file);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /** All photos of a set, in a fixed order; skips the test, and says so, when there are none. */
  public static List<Photo> of(String set) {
    Path folder =
        Path.of(System.getenv().getOrDefault(VARIABLE, "../shared/animal-photos")).resolve(set);
    if (!Files.isDirectory(folder)) {
      String message =
          "SKIPPED: there are no photos at %s. Set %s to a folder with labelled photos."
              .formatted(folder, VARIABLE);
      System.err.println(message);
      Assumptions.abort(message);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Photo> photos =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".csv"))
              .sorted()
              .map(file -> new Photo(file, file.getParent().getFileName().toString()))
              .toList();
      assertThat(photos).as("photos in %s", folder).isNotEmpty();
      return photos;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
