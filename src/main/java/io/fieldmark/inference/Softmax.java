package io.fieldmark.inference;

/** Computed from the largest logit down, so that no exponent overflows. */
final class Softmax {
  private Softmax() {}

  static double[] of(float[] logits) {
    double norm = logSumExp(logits);
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] - norm);
    }
    return probabilities;
  }

  static double logSumExp(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }
}
