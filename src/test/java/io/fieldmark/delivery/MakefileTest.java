package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Makefile explains all that a person types, and calls what exists. */
class MakefileTest {
  private static final Pattern TARGET = Pattern.compile("(?m)^([\\w./-]+):(?!=)");
  private static final Pattern EXPLAINED = Pattern.compile("(?m)^  make ([\\w-]+) +\\S.*$");
  private static final Pattern SCRIPT =
      Pattern.compile("(?m)^\\t@?((?:alerts|docker|k8s|src)/[\\w./-]+)");
  private static final Pattern PHONY = Pattern.compile("(?m)^\\.PHONY: (.*)$");

  /** Nobody types them, for the reason given. */
  private static final Map<String, String> INTERNAL =
      Map.of(
          "tools", "checks for Maven and Java before others",
          "compose", "checks for Docker Compose before others",
          "broker", "fetches Kafka for tests and for what is tried with it",
          "target/broker/lib", "is a folder");

  private final String makefile = Files.readString(Path.of("Makefile"));

  MakefileTest() throws IOException {}

  private List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).toList();
  }

  private List<String> targets() {
    return found(TARGET, makefile).stream().filter(target -> !target.startsWith(".")).toList();
  }

  @Test
  void helpTellsOfEveryTargetThatIsNotInternal() throws Exception {
    Tool make = Tool.findOrSkip("MAKE HELP IS NOT TESTED", "make", "make");
    Tool.Run help = make.run(Path.of("."), "help");
    assertThat(help.exitCode()).as(help.output()).isZero();
    assertThat(found(EXPLAINED, help.output()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            targets().stream().filter(target -> !INTERNAL.containsKey(target)).toList());
  }

  @Test
  void helpFitsOnTheScreen() throws Exception {
    Tool make = Tool.findOrSkip("MAKE HELP IS NOT TESTED", "make", "make");
    assertThat(make.run(Path.of("."), "help").output().lines())
        .hasSizeLessThan(50)
        .allMatch(line -> line.length() <= 110);
  }

  @Test
  void internalTargetsExist() {
    assertThat(targets()).containsAll(INTERNAL.keySet());
  }

  @Test
  void targetsAreNotTakenForFiles() {
    List<String> phony =
        PHONY
            .matcher(makefile)
            .results()
            .map(MatchResult::group)
            .flatMap(line -> Pattern.compile(" ").splitAsStream(line).skip(1))
            .toList();
    assertThat(phony)
        .containsExactlyInAnyOrderElementsOf(
            targets().stream().filter(target -> !target.contains("/")).toList());
  }

  @Test
  void scriptsThatAreCalledExist() {
    assertThat(found(SCRIPT, makefile))
        .contains("docker/build", "k8s/scripts/apply", "src/test/bench/run")
        .allSatisfy(script -> assertThat(Path.of(script)).isExecutable());
  }

  @Test
  void everyScriptForKubernetesHasItsTarget() throws IOException {
    try (var files = Files.list(Path.of("k8s/scripts"))) {
      List<String> scripts =
          files.filter(Files::isExecutable).map(file -> file.getFileName().toString()).toList();
      // "ask" is a step of "minikube", and of whoever checks a cluster by program.
      assertThat(targets())
          .containsAll(scripts.stream().filter(script -> !script.equals("ask")).toList());
    }
  }
}
