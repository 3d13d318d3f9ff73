package io.fieldmark.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Typed reading of text values. What cannot be read is noted and stands as a harmless value, so
 * that one run finds all that is wrong.
 */
final class Settings {
  private final ConfigSources sources;
  private final List<String> problems;

  Settings(ConfigSources sources) {
    this.sources = sources;
    this.problems = new ArrayList<>(sources.problems());
  }

  String text(String key) {
    return sources.values().get(key).strip();
  }

  /** Every value whose key begins so, by the rest of its key. */
  Map<String, String> below(String prefix) {
    Map<String, String> values = new TreeMap<>();
    sources
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                values.put(key.substring(prefix.length()), value.strip());
              }
            });
    return values;
  }

  boolean flag(String key) {
    return read(key, Settings::flagOf, "true or false");
  }

  private static boolean flagOf(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  int integer(String key) {
    return read(key, Integer::valueOf, "a whole number");
  }

  long bytes(String key) {
    return read(key, Amounts::bytes, "a size, such as 512KiB, 10MiB or 1GiB");
  }

  Duration duration(String key) {
    return read(key, Amounts::duration, "a duration, such as 500ms, 30s, 10m or 2d");
  }

  private <T> T read(String key, Function<String, T> reader, String expected) {
    String text = text(key);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      problems.add("%s must be %s, not '%s'".formatted(key, expected, text));
      return reader.apply(sources.defaultValue(key));
    }
  }

  /** Empty when the section is invalid, which is noted. */
  <T> Optional<T> section(Supplier<T> constructor) {
    try {
      return Optional.of(constructor.get());
    } catch (InvalidConfigException invalid) {
      problems.addAll(invalid.problems());
      return Optional.empty();
    }
  }

  List<String> problems() {
    return problems;
  }
}
