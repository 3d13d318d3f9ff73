package io.fieldmark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What byte code does not show. */
class SourceTest {
  private static final int LONGEST = 250;
  private static final Pattern DEFAULT_BRANCH =
      Pattern.compile("^\\s*default\\s*(->|:)", Pattern.MULTILINE);

  private static List<Path> sources(String folder) {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void switchesAreExhaustiveWithoutDefault() {
    assertThat(sources("src/main/java"))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(text(file)).as("%s", file).doesNotContainPattern(DEFAULT_BRANCH));
  }

  @Test
  void noFileIsTooLongToBeReadAtOnce() {
    assertThat(sources("src"))
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(text(file).lines().count())
                    .as("lines of %s", file)
                    .isLessThanOrEqualTo(LONGEST));
  }
}
