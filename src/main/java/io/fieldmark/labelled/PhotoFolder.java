package io.fieldmark.labelled;

import io.fieldmark.domain.RequestId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder with a folder for each label, and an index of the photos in them. A photo is whole or
 * not there at all, whenever somebody looks. What else lies in the folder is left alone. Blocks;
 * confined to one thread but for {@link #bytes}.
 */
public final class PhotoFolder {
  private static final String INCOMING = ".incoming-";

  private final Path root;

  /** The oldest first. */
  private final Map<RequestId, StoredFile> photos = new LinkedHashMap<>();

  private final AtomicLong bytes = new AtomicLong();

  private PhotoFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes it where it is not there, and clears away what a crash left half written. Fails when
   * nothing can be written there; that the disk is full may pass, and is no reason.
   */
  public static PhotoFolder open(Path root) throws IOException {
    Files.createDirectories(root);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(root, INCOMING + "*")) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
    Files.delete(Files.createFile(root.resolve(INCOMING + "trial")));
    PhotoFolder folder = new PhotoFolder(root);
    StoredFile.find(root).forEach(folder::enter);
    return folder;
  }

  /** What lies in a folder now, the oldest first; changes nothing. */
  public static Collection<PhotoPlace> look(Path root) throws IOException {
    return StoredFile.find(root).stream().map(StoredFile::place).toList();
  }

  private void enter(StoredFile file) {
    strike(file.place().id());
    photos.put(file.place().id(), file);
    bytes.addAndGet(file.size());
  }

  private Optional<StoredFile> strike(RequestId id) {
    Optional<StoredFile> struck = Optional.ofNullable(photos.remove(id));
    struck.ifPresent(file -> bytes.addAndGet(-file.size()));
    return struck;
  }

  public Optional<PhotoPlace> find(RequestId id) {
    return Optional.ofNullable(photos.get(id)).map(StoredFile::place);
  }

  /** Adds a photo that is not there. */
  public void add(PhotoPlace place, byte[] photo) throws IOException {
    Path incoming = root.resolve(INCOMING + place.id());
    try {
      write(incoming, photo);
      move(incoming, place);
    } catch (IOException failed) {
      Files.deleteIfExists(incoming);
      throw failed;
    }
    enter(new StoredFile(place, StoredFile.onDisk(photo.length)));
  }

  /** What survives a crash of the machine is whole as well. */
  private static void write(Path file, byte[] photo) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(photo);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private void move(Path file, PhotoPlace place) throws IOException {
    Path target = place.below(root);
    Files.createDirectories(target.getParent());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Moves a photo that is there to its other label, where it counts as the youngest. False when it
   * is not there, or somebody has taken it away.
   */
  public boolean relabel(RequestId id, FolderName label) throws IOException {
    Optional<PhotoPlace> before = find(id);
    if (before.isEmpty()) {
      return false;
    }
    PhotoPlace after = before.get().in(label);
    try {
      Files.setLastModifiedTime(before.get().below(root), FileTime.from(Instant.now()));
      move(before.get().below(root), after);
    } catch (NoSuchFileException taken) {
      strike(id);
      return false;
    }
    if (!after.equals(before.get())) {
      clear(before.get());
    }
    enter(new StoredFile(after, photos.get(id).size()));
    return true;
  }

  /** Done as well when it is not there. */
  public void remove(RequestId id) throws IOException {
    Optional<PhotoPlace> place = find(id);
    if (place.isPresent()) {
      Files.deleteIfExists(place.get().below(root));
      strike(id);
      clear(place.get());
    }
  }

  /** No label without photos, unless something else lies there. */
  private void clear(PhotoPlace left) throws IOException {
    try {
      Files.deleteIfExists(left.below(root).getParent());
    } catch (DirectoryNotEmptyException inUse) {
      // As it is for most.
    }
  }

  /** Removes the oldest until so many bytes are free below the bound. */
  public void makeRoom(long needed, long bound) throws IOException {
    while (bytes.get() + needed > bound && !photos.isEmpty()) {
      remove(photos.keySet().iterator().next());
    }
  }

  public Collection<PhotoPlace> photos() {
    return photos.values().stream().map(StoredFile::place).toList();
  }

  /** What the photos take on the disk. Safe for any thread. */
  public long bytes() {
    return bytes.get();
  }
}
