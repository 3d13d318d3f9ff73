package io.fieldmark.inference.djl;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.fieldmark.inference.Classifier;
import io.fieldmark.inference.PixelBatch;

/** A worker's own predictor over the shared network. */
final class TorchClassifier implements Classifier {
  private final Predictor<LogitsTranslator.Input, float[][]> predictor;

  TorchClassifier(Predictor<LogitsTranslator.Input, float[][]> predictor) {
    this.predictor = predictor;
  }

  @Override
  public float[][] logits(PixelBatch pixels, int count) {
    try {
      return predictor.predict(new LogitsTranslator.Input(pixels, count));
    } catch (TranslateException broken) {
      throw new IllegalStateException("The forward pass failed", broken);
    }
  }

  @Override
  public void close() {
    predictor.close();
  }
}
