package io.fieldmark.inference;

/**
 * The engine optimises for each batch size at its first calls, which take several times as long as
 * later ones: no user should pay for that.
 */
final class WarmUp {
  private static final int CALLS = 3;

  private WarmUp() {}

  static void run(Classifier classifier, PixelBatch pixels) {
    for (int size = 1; size <= pixels.capacity(); size++) {
      for (int call = 0; call < CALLS; call++) {
        classifier.logits(pixels, size);
      }
    }
  }
}
