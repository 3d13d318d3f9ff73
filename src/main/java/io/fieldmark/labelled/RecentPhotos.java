package io.fieldmark.labelled;

import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.RequestId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The photos of the last answers, in memory, so that what is said of them finds them: bounded by
 * bytes, and no longer than their answers can be asked for. Safe for any thread.
 */
public final class RecentPhotos {
  /** What an entry takes beside the photo, or small photos would be without number. */
  private static final long OVERHEAD = 512;

  private final long bound;
  private final Duration age;
  private final Clock clock;
  private final Map<RequestId, Held> photos = new LinkedHashMap<>();
  private long bytes;

  private record Held(ImageFile photo, Instant since) {
    long size() {
      return photo.bytes().length + OVERHEAD;
    }
  }

  public RecentPhotos(long bound, Duration age, Clock clock) {
    this.bound = bound;
    this.age = age;
    this.clock = clock;
  }

  /** The oldest make room. */
  synchronized void add(RequestId id, ImageFile photo) {
    Instant now = clock.instant();
    release(id);
    photos.put(id, new Held(photo, now));
    bytes += photos.get(id).size();
    release(now);
  }

  /** Lets go of those whose answers cannot be asked for any more, also when no others come. */
  public synchronized void releaseOld() {
    release(clock.instant());
  }

  private void release(Instant now) {
    Iterator<Map.Entry<RequestId, Held>> oldest = photos.entrySet().iterator();
    while (oldest.hasNext()) {
      Held held = oldest.next().getValue();
      if (bytes <= bound && !tooOld(held, now)) {
        return;
      }
      oldest.remove();
      bytes -= held.size();
    }
  }

  private void release(RequestId id) {
    Held before = photos.remove(id);
    if (before != null) {
      bytes -= before.size();
    }
  }

  synchronized Optional<ImageFile> find(RequestId id) {
    return Optional.ofNullable(photos.get(id))
        .filter(held -> !tooOld(held, clock.instant()))
        .map(Held::photo);
  }

  private boolean tooOld(Held held, Instant now) {
    return held.since().isBefore(now.minus(age));
  }

  public synchronized long bytes() {
    return bytes;
  }

  public long bound() {
    return bound;
  }
}
