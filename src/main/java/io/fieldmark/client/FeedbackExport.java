package io.fieldmark.client;

import io.fieldmark.domain.RequestId;
import io.fieldmark.labelled.PhotoFolder;
import io.fieldmark.labelled.PhotoPlace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Writes photos into a folder for each label. What lies there already is not written again, and
 * moves when its label has changed.
 */
final class FeedbackExport implements KeptPhotos.Receiver {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final PhotoFolder target;
  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private long told;
  private int added;
  private int moved;
  private int removed;
  private int there;

  FeedbackExport(PhotoFolder target, PrintWriter err, LongSupplier nanoTime) {
    this.target = target;
    this.err = err;
    this.nanoTime = nanoTime;
    this.told = nanoTime.getAsLong();
  }

  @Override
  public void kept(PhotoPlace place, KeptPhotos.Photo photo) throws IOException {
    Optional<PhotoPlace> before = target.find(place.id());
    if (before.filter(place::equals).isPresent()) {
      there++;
    } else if (target.relabel(place.id(), place.folder())) {
      moved++;
    } else {
      add(place, photo);
    }
    tell();
  }

  private void add(PhotoPlace place, KeptPhotos.Photo photo) throws IOException {
    byte[] bytes;
    try {
      bytes = photo.bytes();
    } catch (NoSuchFileException takenMeanwhile) {
      return;
    }
    target.add(place, bytes);
    added++;
  }

  @Override
  public void forgotten(RequestId id) throws IOException {
    if (target.find(id).isPresent()) {
      target.remove(id);
      removed++;
    }
    tell();
  }

  private void tell() {
    long now = nanoTime.getAsLong();
    if (now - told >= INTERVAL.toNanos()) {
      told = now;
      err.println(summary());
      err.flush();
    }
  }

  String summary() {
    return "%d new, %d moved to another label, %d there already%s"
        .formatted(added, moved, there, removed == 0 ? "" : ", %d removed".formatted(removed));
  }

  /** How many photos of each label lie there now. */
  Map<String, Long> labels() {
    return target.photos().stream()
        .collect(
            Collectors.groupingBy(
                place -> place.folder().label(), TreeMap::new, Collectors.counting()));
  }
}
