package io.fieldmark.inference;

/** Port: one forward pass at a time. Belongs to one worker, not safe for several threads. */
public interface Classifier extends AutoCloseable {
  /**
   * @param pixels the first {@code count} images are classified
   * @return logits by image and label; softmax of an image's logits is calibrated confidence
   */
  float[][] logits(PixelBatch pixels, int count);

  @Override
  void close();
}
