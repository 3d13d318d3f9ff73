package io.fieldmark.labelled;

import io.fieldmark.config.LabelledConfig;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.LabelledPhotos;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Photos kept by a process that is alone, in a folder of its own. All work on it is done one after
 * the other on a thread of its own; as much waits for that as its callers let in. What fails there
 * is told, and touches nothing else.
 */
public final class LabelledFolder implements LabelledPhotos {
  private static final Logger LOG = LoggerFactory.getLogger(LabelledFolder.class);
  private static final String THREAD = "labelled-photos";

  private final WorkerExecutor worker;
  private final PhotoFolder folder;
  private final RecentPhotos recent;
  private final long bound;
  private final BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping;
  private final RareWarning warning = new RareWarning(LOG, System::nanoTime);

  private LabelledFolder(
      WorkerExecutor worker,
      PhotoFolder folder,
      RecentPhotos recent,
      long bound,
      BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping) {
    this.worker = worker;
    this.folder = folder;
    this.recent = recent;
    this.bound = bound;
    this.stripping = stripping;
  }

  /**
   * Fails with {@link UnusableFolder} when nothing can be written there.
   *
   * @param recent where photos are found that are to be kept
   * @param stripping makes a file of the picture and nothing else; empty when that cannot be done
   */
  public static Future<LabelledFolder> open(
      Vertx vertx,
      LabelledConfig config,
      RecentPhotos recent,
      BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping) {
    WorkerExecutor worker = vertx.createSharedWorkerExecutor(THREAD, 1);
    return worker.executeBlocking(
        () ->
            new LabelledFolder(worker, usable(config), recent, config.maxStoredBytes(), stripping));
  }

  private static PhotoFolder usable(LabelledConfig config) {
    try {
      PhotoFolder folder = PhotoFolder.open(config.folder());
      folder.makeRoom(0, config.maxStoredBytes());
      return folder;
    } catch (IOException unusable) {
      throw new UnusableFolder(config.folder(), unusable);
    }
  }

  @Override
  public Future<Keeping> keep(Feedback feedback, String label) {
    return worker
        .executeBlocking(() -> keepOrClear(feedback.id(), label), false)
        .otherwise(Keeping.FAILED);
  }

  /** Under an earlier label a photo teaches what somebody has said is wrong. */
  private Keeping keepOrClear(RequestId id, String label) {
    Keeping keeping = keepNow(id, label);
    if (keeping == Keeping.FAILED) {
      forgetNow(id);
    }
    return keeping;
  }

  private Keeping keepNow(RequestId id, String label) {
    try {
      Optional<FolderName> name = FolderName.of(label);
      return name.isPresent()
          ? keepNow(id, name.get())
          : failed(id, "its label has too many letters for the name of a folder");
    } catch (IOException | RuntimeException failure) {
      return failed(id, DiskFailure.tell(failure));
    }
  }

  private Keeping keepNow(RequestId id, FolderName label) throws IOException {
    if (folder.relabel(id, label)) {
      return Keeping.KEPT;
    }
    Optional<ImageFile> photo = recent.find(id);
    return photo.isPresent() ? add(id, label, photo.get()) : Keeping.GONE;
  }

  @Override
  public Future<Boolean> forget(RequestId id) {
    return worker.executeBlocking(() -> forgetNow(id), false).otherwise(false);
  }

  private boolean forgetNow(RequestId id) {
    try {
      folder.remove(id);
      return true;
    } catch (IOException | RuntimeException failure) {
      warning.warn(id, "A labelled photo is not removed: " + DiskFailure.tell(failure));
      return false;
    }
  }

  private Keeping add(RequestId id, FolderName name, ImageFile photo) throws IOException {
    ImageFormat format = photo.header().format();
    Optional<byte[]> picture = stripping.apply(format, photo.bytes());
    if (picture.isEmpty()) {
      return failed(id, "what is not the picture cannot be told from it");
    }
    long needed = StoredFile.onDisk(picture.get().length);
    if (needed > bound) {
      return failed(id, "it is larger than feedback.max_stored_bytes");
    }
    folder.makeRoom(needed, bound);
    folder.add(new PhotoPlace(name, id, format), picture.get());
    return Keeping.KEPT;
  }

  private Keeping failed(RequestId id, String why) {
    warning.warn(id, "A labelled photo is not kept: " + why);
    return Keeping.FAILED;
  }

  /** What the photos take on the disk. Safe for any thread. */
  public long bytes() {
    return folder.bytes();
  }

  public long bound() {
    return bound;
  }
}
