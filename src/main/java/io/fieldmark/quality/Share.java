package io.fieldmark.quality;

/**
 * So many of so many, with how far that can be trusted: Wilson's score interval at 95 %, which
 * holds for few samples and near 0 and 1 too, where the usual interval does not. E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22 (1927), p. 209–212.
 */
public record Share(long right, long samples) {
  /** The quantile 0.975 of the normal distribution. */
  private static final double Z = 1.959963984540054;

  public Share {
    if (right < 0 || right > samples) {
      throw new IllegalArgumentException("%d of %d".formatted(right, samples));
    }
  }

  public boolean isKnown() {
    return samples > 0;
  }

  /** Not a number without samples. */
  public double value() {
    return isKnown() ? (double) right / samples : Double.NaN;
  }

  /** 0 without samples: nothing is known. */
  public double lower() {
    return isKnown() ? Math.max(0, centre() - halfWidth()) : 0;
  }

  /** 1 without samples: nothing is known. */
  public double upper() {
    return isKnown() ? Math.min(1, centre() + halfWidth()) : 1;
  }

  private double centre() {
    return (value() + Z * Z / (2 * samples)) / (1 + Z * Z / samples);
  }

  private double halfWidth() {
    double spread = value() * (1 - value()) / samples + Z * Z / (4.0 * samples * samples);
    return Z * Math.sqrt(spread) / (1 + Z * Z / samples);
  }
}
