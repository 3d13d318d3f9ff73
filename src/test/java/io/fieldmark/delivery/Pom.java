package io.fieldmark.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code pom.xml} says of versions. */
final class Pom {
  static final Path FILE = Path.of("pom.xml");

  private Pom() {}

  /** Fieldmark's own, which images are tagged with. */
  static String version() {
    return first("version");
  }

  static String property(String name) {
    return first(Pattern.quote(name));
  }

  private static String first(String element) {
    try {
      Matcher found =
          Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element)).matcher(Files.readString(FILE));
      if (!found.find()) {
        throw new IllegalStateException("pom.xml has no " + element);
      }
      return found.group(1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
