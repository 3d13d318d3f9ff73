package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read who come to the project. */
class CommunityTest {
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        ".github/CONTRIBUTING.md",
        ".github/SECURITY.md",
        "src/docs/licences.md"
      })
  void everyLinkLeadsSomewhere(String name) throws IOException {
    Path file = Path.of(name);
    Path folder = file.toAbsolutePath().getParent();
    String text = Files.readString(file);
    List<String> links = LINK.matcher(text).results().map(match -> match.group(1)).toList();
    assertThat(links).allMatch(link -> Files.exists(folder.resolve(link)));
    assertThat(text).isNotBlank().doesNotContain("TODO", "FIXME");
  }
}
