package io.fieldmark.transport;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.vertx.core.Future;
import java.util.Locale;

/**
 * Port of the ingestion side: photos kept with what people say is in them, to learn from. Nothing
 * of a file is kept but its picture. Safe for any thread.
 */
public interface LabelledPhotos {
  /** What became of a photo that was to be kept. */
  enum Keeping {
    KEPT,
    /** It is nowhere any more: too much came since. */
    GONE,
    FAILED;

    /** Stable outside this program. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Keeps the photo of an answer. A later label of the same id replaces the earlier. Completes on
   * the caller's context; never fails.
   *
   * @param label what is in it
   */
  Future<Keeping> keep(Feedback feedback, String label);

  /**
   * Completes on the caller's context with whether nothing of this photo is kept any more; never
   * fails.
   */
  Future<Boolean> forget(RequestId id);
}
