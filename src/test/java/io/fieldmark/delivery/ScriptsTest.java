package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every shell script of the project, found by its first line. */
class ScriptsTest {
  private static final Path HERE = Path.of(".");

  /** Those that git knows: what was built or fetched has scripts too. */
  private static List<Path> files() throws Exception {
    Tool git = Tool.findOrSkip("THE SHELL SCRIPTS ARE NOT TESTED", "git", "git");
    Tool.Run run = git.run(HERE, "ls-files", "--cached", "--others", "--exclude-standard");
    if (run.exitCode() != 0) {
      Tool.skip("THE SHELL SCRIPTS ARE NOT TESTED: this is no copy of the repository.\n");
    }
    return run.output().lines().map(Path::of).filter(Files::isRegularFile).toList();
  }

  private static List<Path> scripts() throws Exception {
    List<Path> scripts = new ArrayList<>();
    for (Path file : files()) {
      if (firstLine(file).matches("#!.*\\b(ba)?sh")) {
        scripts.add(file);
      }
    }
    assertThat(scripts)
        .contains(Path.of("docker/build"), Path.of("k8s/scripts/apply"), Path.of(".ci/run"));
    return scripts;
  }

  /** What they source has no such line, and ends with .sh. */
  private static List<String> scriptsAndTheirParts() throws Exception {
    return Stream.concat(
            scripts().stream(), files().stream().filter(file -> file.toString().endsWith(".sh")))
        .map(Path::toString)
        .toList();
  }

  private static String firstLine(Path file) throws IOException {
    byte[] start = new byte[64];
    try (var bytes = Files.newInputStream(file)) {
      int read = bytes.readNBytes(start, 0, start.length);
      return new String(start, 0, read, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    }
  }

  private static void assertPasses(Tool tool, List<String> arguments) throws Exception {
    Tool.Run run = tool.run(HERE, arguments.toArray(new String[0]));
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void bashReadsThem() throws Exception {
    Tool bash = Tool.findOrSkip("THE SHELL SCRIPTS ARE NOT TESTED", "bash", "bash");
    for (String script : scriptsAndTheirParts()) {
      assertPasses(bash, List.of("-n", script));
    }
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    Tool shellcheck =
        Tool.findOrSkip("THE SHELL SCRIPTS ARE NOT CHECKED", "shellcheck", "shellcheck");
    List<String> arguments = new ArrayList<>(List.of("--external-sources"));
    arguments.addAll(scriptsAndTheirParts());
    assertPasses(shellcheck, arguments);
  }

  @Test
  void theyCanBeStartedAndStopAtTheFirstFailure() throws Exception {
    for (Path script : scripts()) {
      assertThat(script).isExecutable();
      assertThat(Files.readString(script))
          .as("%s", script)
          .containsPattern("\nset -eu(o pipefail)?\n");
    }
  }

  @Test
  void thoseThatPeopleCallExplainThemselves() throws Exception {
    List<String> explained = new ArrayList<>();
    for (Path script : scripts()) {
      if (Files.readString(script).contains("--help explains.\n")) {
        Tool.Run run = new Tool(script.toAbsolutePath()).run(HERE, "--help");
        assertThat(run.exitCode()).as("%s: %s", script, run.output()).isZero();
        assertThat(run.output()).as("%s", script).startsWith("Usage: ");
        explained.add(script.toString());
      }
    }
    assertThat(explained)
        .contains("docker/build", "src/test/cluster/run", "src/test/chaos/run")
        .containsAll(
            scripts().stream()
                .map(Path::toString)
                .filter(script -> script.startsWith("k8s/scripts/"))
                .toList());
  }
}
