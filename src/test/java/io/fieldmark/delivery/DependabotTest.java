package io.fieldmark.delivery;

import static io.fieldmark.testing.Nodes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Nodes;
import io.fieldmark.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever names versions of others is looked after. */
class DependabotTest {
  private final JsonNode configuration = Yaml.read(Path.of(".github/dependabot.yml"));

  private List<Path> folders(String ecosystem) {
    return Nodes.elements(configuration.path("updates")).stream()
        .filter(update -> update.path("package-ecosystem").asText().equals(ecosystem))
        .flatMap(
            update ->
                Stream.concat(
                    update.has("directory")
                        ? Stream.of(update.path("directory").asText())
                        : Stream.empty(),
                    texts(update.path("directories")).stream()))
        .map(folder -> Path.of(folder.substring(1).replace("/**", "")))
        .toList();
  }

  @Test
  void changesComeTogetherOnceAWeek() {
    assertThat(configuration.path("version").asInt()).isEqualTo(2);
    assertThat(configuration.path("updates"))
        .isNotEmpty()
        .allSatisfy(
            update -> {
              assertThat(update.at("/schedule/interval").asText()).isEqualTo("weekly");
              assertThat(update.path("groups")).isNotEmpty();
            });
  }

  @Test
  void everyPomIsLookedAt() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      List<Path> poms =
          files
              .filter(file -> file.endsWith("pom.xml") && !file.startsWith("target"))
              .map(pom -> pom.getParent() == null ? Path.of("") : pom.getParent())
              .toList();
      assertThat(folders("maven")).containsExactlyInAnyOrderElementsOf(poms);
    }
  }

  @Test
  void everyFolderHoldsWhatIsLookedFor() {
    assertThat(folders("github-actions")).containsExactly(Path.of(""));
    assertThat(folders("docker")).isNotEmpty().allMatch(Files::isDirectory);
    assertThat(folders("docker-compose"))
        .isNotEmpty()
        .allMatch(folder -> Files.exists(folder.resolve("compose.yaml")));
  }
}
