package io.fieldmark.ingestion;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.fieldmark.metrics.LabelledMetrics;
import io.fieldmark.transport.LabelledPhotos;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;

/** Counts what becomes of photos, wherever they are kept. Safe for any thread. */
public final class CountedPhotos implements LabelledPhotos {
  private final LabelledPhotos photos;
  private final LabelledMetrics metrics;

  public CountedPhotos(LabelledPhotos photos, LabelledMetrics metrics) {
    this.photos = photos;
    this.metrics = metrics;
  }

  /** What is counted here. */
  public static List<String> outcomes() {
    return Arrays.stream(Keeping.values()).map(Keeping::wireName).toList();
  }

  @Override
  public Future<Keeping> keep(Feedback feedback, String label) {
    return photos.keep(feedback, label).onSuccess(keeping -> metrics.counted(keeping.wireName()));
  }

  @Override
  public Future<Boolean> forget(RequestId id) {
    return photos
        .forget(id)
        .onSuccess(
            gone -> metrics.counted(gone ? LabelledMetrics.FORGOTTEN : Keeping.FAILED.wireName()));
  }
}
