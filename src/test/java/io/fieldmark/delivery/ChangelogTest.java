package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The changelog, as releases take it. */
class ChangelogTest {
  private static final Tool NOTES = new Tool(Path.of(".ci/release-notes").toAbsolutePath());

  private final String version = Pom.version();

  private static Tool.Run notes(String argument) throws Exception {
    return NOTES.run(Path.of("."), argument);
  }

  @Test
  void latestSectionIsThatOfTheVersionBeingBuilt() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("src/docs/CHANGELOG.md")).stream()
            .filter(line -> line.startsWith("## "))
            .toList();
    assertThat(headings).isNotEmpty().doesNotHaveDuplicates();
    assertThat(headings.get(0))
        .matches(
            version.endsWith("-SNAPSHOT")
                ? "## Unreleased"
                : "## \\Q" + version + "\\E \\(\\d{4}-\\d\\d-\\d\\d\\)");
  }

  @Test
  void releaseTellsWhatItsSectionSays() throws Exception {
    Tool.Run run = notes(version.endsWith("-SNAPSHOT") ? "Unreleased" : version);
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("- ").doesNotContain("## ");
    assertThat(notes("--version").output()).isEqualTo(version + "\n");
  }

  @Test
  void releaseOfAVersionThatNothingIsSaidOfFails() throws Exception {
    assertThat(notes("99.0.0").exitCode()).isEqualTo(1);
  }
}
