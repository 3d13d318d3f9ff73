package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.delivery.RecordedTools.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make load} sends into minikube, and what it leaves out. */
class LoadScriptTest {
  /** Writes the archive that is asked for, and otherwise answers as any recorded program does. */
  private static final String SAVING =
      """
      #!/bin/bash
      arguments="$*"
      case "$arguments" in
        *docker-archive:*) archive="${arguments#*docker-archive:}" && echo image > "${archive%%:*}" ;;
        'save --output '*) echo image > "$3" ;;
      esac
      NAME="${0##*/}" exec bash "$RECORD/recording" "$@"
      """;

  private final RecordedTools tools;
  private final String version = Pom.version();

  LoadScriptTest(@TempDir Path folder) {
    tools =
        new RecordedTools(folder)
            .installed("minikube")
            .answer("*status*", 0, "Running")
            .answer("*image ls*", 0, "[" + held("fieldmark-ingestion", "in") + "]");
  }

  private String held(String image, String id) {
    return "{\"id\":\"%s\",\"repoTags\":[\"docker.io/library/%s:%s\"]}"
        .formatted(id, image, version);
  }

  private Ended load() throws Exception {
    return tools.run("k8s/scripts/load");
  }

  @Test
  void sendsWhatTheNodeDoesNotHold() throws Exception {
    tools
        .program("docker", SAVING)
        .answer("*image inspect*ingestion*", 0, "sha256:in")
        .answer("*image inspect*inference*", 0, "sha256:new")
        .answer(
            "*image ls*",
            0,
            "["
                + held("fieldmark-ingestion", "in")
                + ","
                + held("fieldmark-inference", "old")
                + "]");
    Ended ended = load();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("fieldmark-ingestion:" + version + " is there already");
    assertThat(tools.calls())
        .filteredOn(call -> call.contains("image load") || call.contains("save"))
        .hasSize(2)
        .anyMatch(call -> call.matches("docker save --output /\\S+ fieldmark-inference:" + version))
        .anyMatch(
            call ->
                call.matches(
                    "minikube --profile fieldmark image load /\\S+/fieldmark-inference.tar"));
  }

  /** What podman builds is called localhost/…, and Kubernetes would look for it at docker.io. */
  @Test
  void imagesOfPodmanGetTheNameThatKubernetesLooksFor() throws Exception {
    tools
        .program("podman", SAVING)
        .with("MINIKUBE_PROFILE", "other")
        .answer("*image inspect*", 0, "abc")
        .answer(
            "*image ls*",
            0,
            "["
                + held("fieldmark-ingestion", "x")
                + ","
                + held("fieldmark-inference", "abc")
                + "]");
    Ended ended = load();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(tools.calls())
        .filteredOn(call -> call.startsWith("podman push"))
        .singleElement()
        .asString()
        .endsWith(".tar:docker.io/library/fieldmark-ingestion:" + version);
    assertThat(tools.calls())
        .filteredOn(call -> call.startsWith("minikube"))
        .allMatch(call -> call.startsWith("minikube --profile other "));
  }

  @Test
  void imagesThatNobodyBuiltAreSaidToBeMissing() throws Exception {
    tools.installed("docker").answer("*image inspect*inference*", 1, "");
    Ended ended = load();
    assertThat(ended.code()).isEqualTo(66);
    assertThat(ended.output()).contains("are not there in version " + version, "make image");
    assertThat(tools.calls()).noneMatch(call -> call.contains("image load"));
  }

  @Test
  void imageThatDoesNotArriveIsAFailure() throws Exception {
    tools.program("docker", SAVING).answer("*image inspect*", 0, "sha256:in");
    Ended ended = load();
    assertThat(ended.code()).isEqualTo(74);
    assertThat(ended.output()).contains("minikube took fieldmark-inference, but does not list it");
  }

  @Test
  void minikubeThatDoesNotRunIsSaidNotTo() throws Exception {
    tools.installed("docker").answer("*status*", 7, "Stopped");
    Ended ended = load();
    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output()).contains("'fieldmark' is not running", "make minikube");
  }
}
