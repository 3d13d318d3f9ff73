package io.fieldmark.bench;

import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ModelDescription.Preprocessing;
import io.fieldmark.inference.Classifier;
import io.fieldmark.inference.ImageDecoder;
import io.fieldmark.inference.PixelBatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What an inference worker owns, with a thread for life, and nothing to wait for. */
final class LimitWorker {
  static final int LARGEST_BATCH = 8;

  private final ImageDecoder decoder;
  private final Classifier classifier;
  private final ImageFile photo;
  private final PixelBatch pixels;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  LimitWorker(
      ImageDecoder decoder, Classifier classifier, ImageFile photo, Preprocessing preprocessing) {
    this.decoder = decoder;
    this.classifier = classifier;
    this.photo = photo;
    this.pixels = new PixelBatch(LARGEST_BATCH, preprocessing.width(), preprocessing.height());
  }

  record Done(long images, long nanos) {}

  /** Whole batches, until the time is over. */
  Future<Done> run(int batch, long nanos) {
    return thread.submit(
        () -> {
          long begin = System.nanoTime();
          long images = 0;
          while (System.nanoTime() - begin < nanos) {
            for (int i = 0; i < batch; i++) {
              if (!decoder.decode(photo, pixels.slot(i))) {
                throw new BenchFailure("The drawn photo cannot be decoded");
              }
            }
            classifier.logits(pixels, batch);
            images += batch;
          }
          return new Done(images, System.nanoTime() - begin);
        });
  }
}
