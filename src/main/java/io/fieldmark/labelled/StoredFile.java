package io.fieldmark.labelled;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A photo on the disk.
 *
 * @param size what it takes there: small ones take as much as any, and their number has a bound as
 *     well by that
 */
record StoredFile(PhotoPlace place, long size) {
  private static final long BLOCK = 4096;

  private record Dated(StoredFile file, long writtenMillis) {}

  static long onDisk(long length) {
    return Math.ceilDiv(length, BLOCK) * BLOCK;
  }

  /** Those below a folder, the oldest first. */
  static List<StoredFile> find(Path root) throws IOException {
    List<Dated> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path folder : folders) {
        Optional<FolderName> label = FolderName.read(folder.getFileName().toString());
        if (label.isPresent()) {
          collect(folder, label.get(), found);
        }
      }
    }
    found.sort(
        Comparator.comparingLong(Dated::writtenMillis)
            .thenComparing(dated -> dated.file().place().id().value()));
    return found.stream().map(Dated::file).toList();
  }

  private static void collect(Path folder, FolderName label, List<Dated> found) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Optional<PhotoPlace> place = PhotoPlace.of(label, file.getFileName().toString());
        if (place.isPresent()) {
          dated(file, place.get()).ifPresent(found::add);
        }
      }
    }
  }

  /** Empty for what is no file, or no longer. */
  private static Optional<Dated> dated(Path file, PhotoPlace place) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(attributes)
          .filter(BasicFileAttributes::isRegularFile)
          .map(
              one ->
                  new Dated(
                      new StoredFile(place, onDisk(one.size())),
                      one.lastModifiedTime().toMillis()));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
  }
}
