package io.fieldmark.inference;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a model's logits look like those of an animal it knows: the higher, the more. */
public enum VerdictScore {
  /** The confidence of the best guess. */
  MAX_PROBABILITY {
    @Override
    public double of(float[] logits, double temperature) {
      return Softmax.of(scaled(logits, temperature))[best(logits)];
    }
  },
  /**
   * T · log Σ exp(logit / T), after Liu et al., Energy-based Out-of-distribution Detection, 2020.
   */
  ENERGY {
    @Override
    public double of(float[] logits, double temperature) {
      return temperature * Softmax.logSumExp(scaled(logits, temperature));
    }
  },
  /** How far the best logit stands before the second. */
  MARGIN {
    @Override
    public double of(float[] logits, double temperature) {
      float[] ascending = logits.clone();
      Arrays.sort(ascending);
      return ascending[ascending.length - 1] - ascending[ascending.length - 2];
    }
  },
  /** Σ p log p. */
  NEG_ENTROPY {
    @Override
    public double of(float[] logits, double temperature) {
      return Arrays.stream(Softmax.of(scaled(logits, temperature)))
          .filter(p -> p > 0)
          .map(p -> p * Math.log(p))
          .sum();
    }
  };

  public abstract double of(float[] logits, double temperature);

  public static Optional<VerdictScore> named(String wireName) {
    return Arrays.stream(values())
        .filter(score -> score.name().toLowerCase(Locale.ROOT).equals(wireName))
        .findFirst();
  }

  private static float[] scaled(float[] logits, double temperature) {
    float[] scaled = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scaled[i] = (float) (logits[i] / temperature);
    }
    return scaled;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
