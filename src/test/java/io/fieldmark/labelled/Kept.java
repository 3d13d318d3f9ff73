package io.fieldmark.labelled;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Photos as they are kept, for tests. */
public final class Kept {
  private Kept() {}

  public static RequestId id() {
    return RequestId.next(Instant.now());
  }

  public static PhotoPlace jpeg(String label, RequestId id) {
    return new PhotoPlace(FolderName.of(label).orElseThrow(), id, ImageFormat.JPEG);
  }

  /** Everything below a folder, by its path from there. */
  public static List<String> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> !file.equals(root))
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
