package io.fieldmark.delivery;

import static io.fieldmark.testing.Nodes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.delivery.Workflow.Job;
import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Workflows run at GitHub only; what can be read without it is read here. */
class WorkflowsTest {
  /** A release, or a commit, of an action that GitHub itself keeps. */
  private static final String PINNED = "actions/[a-z-]+@(v\\d+\\.\\d+\\.\\d+|[0-9a-f]{40})";

  private static final Pattern MAKE = Pattern.compile("\\bmake((?: [a-z-]+)+)(?![\\w=])");
  private static final Pattern TARGET = Pattern.compile("(?m)^([a-z-]+):(?!=)");
  private static final Pattern SCRIPT =
      Pattern.compile("(?<![\\w./])(\\.ci|docker|k8s|src)/[\\w./-]*\\w");

  /** Whatever else writes needs a reason, and a line here. */
  private static final Map<String, Set<String>> WRITERS =
      Map.of(
          "release/image", Set.of("packages"),
          "release/release", Set.of("contents", "packages", "id-token", "attestations"));

  private final List<Workflow> workflows = Workflow.all();

  WorkflowsTest() throws IOException {}

  private Stream<Job> jobs() {
    return workflows.stream().flatMap(workflow -> workflow.jobs().stream());
  }

  private Stream<JsonNode> steps() {
    return jobs().flatMap(job -> job.steps().stream());
  }

  private Stream<MatchResult> inScripts(Pattern pattern) {
    return workflows.stream()
        .flatMap(workflow -> workflow.scripts().stream())
        .flatMap(script -> pattern.matcher(script).results());
  }

  @Test
  void thereIsOneForTestsForTheClusterAndForReleases() {
    assertThat(workflows).extracting(Workflow::name).containsExactly("cd", "ci", "release");
    assertThat(workflows)
        .allMatch(workflow -> workflow.root().at("/concurrency/group").isTextual());
    assertThat(workflows).noneMatch(w -> w.root().path("on").has("pull_request_target"));
  }

  @Test
  void nobodyMayMoreThanItsJobNeeds() {
    assertThat(workflows)
        .allSatisfy(
            workflow -> {
              assertThat(workflow.root().path("permissions").isObject()).isTrue();
              assertThat(workflow.root().path("permissions")).isEmpty();
            });
    assertThat(jobs())
        .allSatisfy(
            job -> {
              JsonNode permissions = job.root().path("permissions");
              assertThat(permissions.isObject()).as(job.name()).isTrue();
              Set<String> written =
                  permissions.properties().stream()
                      .filter(permission -> !permission.getValue().asText().equals("read"))
                      .map(Map.Entry::getKey)
                      .collect(Collectors.toSet());
              assertThat(written)
                  .as(job.name())
                  .isEqualTo(WRITERS.getOrDefault(job.name(), Set.of()));
            });
  }

  @Test
  void everyJobEnds() {
    assertThat(jobs())
        .allSatisfy(
            job ->
                assertThat(job.root().path("timeout-minutes").asInt())
                    .as(job.name())
                    .isBetween(1, 60));
  }

  @Test
  void actionsArePinnedAndGetNoCredentialsToKeep() {
    List<JsonNode> used = steps().filter(step -> step.has("uses")).toList();
    assertThat(used)
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step.path("uses").asText()).matches(PINNED));
    assertThat(used.stream().filter(s -> s.path("uses").asText().startsWith("actions/checkout@")))
        .hasSameSizeAs(jobs().toList())
        .allMatch(step -> step.at("/with/persist-credentials").asText().equals("false"));
  }

  /** An expression is put into a script as it is: whoever names a branch would write the script. */
  @Test
  void noExpressionStandsInAScript() {
    assertThat(workflows)
        .flatMap(Workflow::scripts)
        .isNotEmpty()
        .noneMatch(script -> script.contains("${{"));
  }

  @Test
  void everyTargetOfMakeExists() throws IOException {
    Set<String> targets =
        TARGET
            .matcher(Files.readString(Path.of("Makefile")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    assertThat(inScripts(MAKE).flatMap(match -> Arrays.stream(match.group(1).strip().split(" +"))))
        .contains("test", "run", "smoke")
        .isSubsetOf(targets);
  }

  @Test
  void everyScriptExists() {
    assertThat(inScripts(SCRIPT).map(match -> Path.of(match.group())).distinct())
        .contains(Path.of(".ci/run"), Path.of("src/test/smoke/run"))
        .allMatch(script -> Files.isExecutable(script) || script.endsWith("Dockerfile"));
  }

  @Test
  void bothCommandsRunOnEverySystemWithTheOldestAndTheNewestJava() {
    Workflow ci = workflows.stream().filter(w -> w.name().equals("ci")).findFirst().orElseThrow();
    String oldest = Pom.property("maven.compiler.release");
    assertThat(ci.jobs()).extracting(Job::name).containsExactly("ci/test", "ci/run");
    assertThat(ci.jobs())
        .allSatisfy(
            job -> {
              JsonNode matrix = job.root().at("/strategy/matrix");
              assertThat(texts(matrix.path("java"))).hasSize(2).contains(oldest);
              assertThat(texts(matrix.path("os")))
                  .hasSize(2)
                  .anyMatch(os -> os.startsWith("ubuntu-"))
                  .anyMatch(os -> os.startsWith("macos-"));
            });
  }

  @Test
  void actionlintFindsNothing() throws Exception {
    Tool actionlint = findActionlint();
    Tool.Run run = actionlint.run(Path.of("."), "-no-color");
    assertThat(run.output()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private static Tool findActionlint() {
    return Tool.find(List.of("actionlint"))
        .map(Tool::new)
        .orElseGet(
            () -> {
              Tool.skip(
                  """
                  The workflows are not checked: actionlint was not found.
                  Install it and run the tests again:
                    go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
                  """);
              throw new AssertionError("a skipped test goes on");
            });
  }
}
