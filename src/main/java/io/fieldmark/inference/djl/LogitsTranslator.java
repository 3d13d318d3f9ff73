package io.fieldmark.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.fieldmark.inference.PixelBatch;
import java.util.Arrays;

/** Pixels in, features out of the backbone, logits out of the head. */
final class LogitsTranslator implements Translator<LogitsTranslator.Input, float[][]> {
  private final Head head;

  LogitsTranslator(Head head) {
    this.head = head;
  }

  record Input(PixelBatch pixels, int count) {}

  @Override
  public NDList processInput(TranslatorContext context, Input input) {
    PixelBatch pixels = input.pixels();
    Shape shape = new Shape(input.count(), pixels.height(), pixels.width(), 3);
    return new NDList(
        context.getNDManager().create(pixels.first(input.count()), shape, DataType.UINT8));
  }

  @Override
  public float[][] processOutput(TranslatorContext context, NDList output) {
    NDArray logits = head.logits(output.singletonOrThrow());
    int count = (int) logits.getShape().get(0);
    int labels = (int) logits.getShape().get(1);
    float[] flat = logits.toFloatArray();
    float[][] byImage = new float[count][];
    for (int i = 0; i < count; i++) {
      byImage[i] = Arrays.copyOfRange(flat, i * labels, (i + 1) * labels);
    }
    return byImage;
  }

  /** The batch is made by us, not gathered by the engine's library. */
  @Override
  public Batchifier getBatchifier() {
    return null;
  }
}
