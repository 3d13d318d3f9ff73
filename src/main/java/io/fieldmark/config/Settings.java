package io.fieldmark.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Typed reading of text values. What cannot be read is noted and stands as a harmless value, so
 * that one run finds all that is wrong.
 */
final class Settings {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+)\\s*([A-Za-z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param values by key; every key that is ever asked for is present
   */
  Settings(Map<String, String> values) {
    this.values = values;
  }

  String text(String key) {
    return values.get(key).strip();
  }

  int integer(String key) {
    return read(key, Integer::valueOf, 0, "a whole number");
  }

  long bytes(String key) {
    return read(key, text -> amount(text, BYTES), 0L, "a size, such as 512KiB, 10MiB or 1GiB");
  }

  Duration duration(String key) {
    return Duration.ofMillis(
        read(key, text -> amount(text, MILLIS), 0L, "a duration, such as 500ms, 30s or 10m"));
  }

  private <T> T read(String key, Function<String, T> reader, T otherwise, String expected) {
    String text = text(key);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      problems.add("%s must be %s, not '%s'".formatted(key, expected, text));
      return otherwise;
    }
  }

  private static long amount(String text, Map<String, Long> units) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException(text);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), units.get(matcher.group(2)));
  }

  /** The section, or null with its problems noted. */
  <T> T section(Supplier<T> constructor) {
    int before = problems.size();
    try {
      return constructor.get();
    } catch (InvalidConfigException invalid) {
      if (problems.size() == before) {
        problems.addAll(invalid.problems());
      }
      return null;
    } catch (NullPointerException aPartIsMissing) {
      if (problems.isEmpty()) {
        throw aPartIsMissing;
      }
      return null;
    }
  }

  List<String> problems() {
    return problems;
  }
}
