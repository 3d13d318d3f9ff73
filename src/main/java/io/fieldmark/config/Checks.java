package io.fieldmark.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a section, so that it is reported at once and not one by one. */
final class Checks {
  private final List<String> problems = new ArrayList<>();

  Checks that(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
    return this;
  }

  Checks port(String key, int port) {
    return that(port >= 0 && port <= 65_535, "%s must be 0 to 65535, not %d".formatted(key, port));
  }

  Checks atLeast(String key, long least, long value) {
    return that(value >= least, "%s must be at least %d, not %d".formatted(key, least, value));
  }

  Checks positive(String key, Duration value) {
    return that(value.isPositive(), "%s must be longer than zero".formatted(key));
  }

  Checks notNegative(String key, Duration value) {
    return that(!value.isNegative(), "%s must not be negative".formatted(key));
  }

  Checks oneOf(String key, List<String> allowed, String value) {
    return that(
        allowed.contains(value),
        "%s must be one of %s, not '%s'".formatted(key, String.join(", ", allowed), value));
  }

  void verify() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }
}
