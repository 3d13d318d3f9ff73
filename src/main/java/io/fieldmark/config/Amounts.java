package io.fieldmark.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them: 10MiB, 30s. */
public final class Amounts {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+)\\s*([A-Za-z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Amounts() {}

  /**
   * @throws IllegalArgumentException when it is none
   * @throws ArithmeticException when it is too large
   */
  static long bytes(String text) {
    return amount(text, BYTES);
  }

  /**
   * @throws IllegalArgumentException when it is none
   * @throws ArithmeticException when it is too long
   */
  public static Duration duration(String text) {
    return Duration.ofMillis(amount(text, MILLIS));
  }

  private static long amount(String text, Map<String, Long> units) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException(text);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), units.get(matcher.group(2)));
  }
}
