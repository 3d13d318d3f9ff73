package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.delivery.RecordedTools.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make undeploy} removes, and above all what it leaves. */
class UndeployScriptTest {
  private final RecordedTools tools;

  UndeployScriptTest(@TempDir Path folder) {
    tools =
        new RecordedTools(folder)
            .installed("kubectl", "helm")
            .onMinikube()
            .answer("*get persistentvolumeclaims*", 0, "persistentvolumeclaim/data-kafka-0\n")
            .answer(
                "kubectl kustomize*",
                0,
                """
                apiVersion: v1
                kind: Namespace
                ---
                apiVersion: apps/v1
                kind: Deployment
                ---
                apiVersion: monitoring.coreos.com/v1
                kind: PodMonitor
                """);
  }

  private Ended undeploy(String... arguments) throws Exception {
    return tools.run("k8s/scripts/undeploy", arguments);
  }

  @Test
  void namespaceAndVolumesStay() throws Exception {
    tools.answer("*api-resources*", 0, "podmonitors\n");
    Ended ended = undeploy();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(tools.given())
        .contains("kind: Deployment", "kind: PodMonitor")
        .doesNotContain("Namespace");
    assertThat(ended.output()).contains("Kept", "data-kafka-0", "--purge");
    assertThat(tools.calls())
        .noneMatch(call -> call.contains("delete namespace") || call.startsWith("helm"));
  }

  @Test
  void kindsThatTheClusterDoesNotKnowAreNotAskedFor() throws Exception {
    assertThat(undeploy().code()).isZero();
    assertThat(tools.given()).contains("kind: Deployment").doesNotContain("PodMonitor");
  }

  @Test
  void purgeSaysWhatGoesAndTakesTheNamespace() throws Exception {
    Ended ended = undeploy("--purge");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("with its volumes: persistentvolumeclaim/data-kafka-0");
    assertThat(tools.calls())
        .filteredOn(call -> call.contains("delete namespace"))
        .containsExactly(
            "kubectl --context fieldmark delete namespace fieldmark --ignore-not-found --wait"
                + " --timeout 300s");
  }

  @Test
  void allTakesTheMonitoringToo() throws Exception {
    assertThat(undeploy("--all").code()).isZero();
    assertThat(tools.calls())
        .filteredOn(call -> call.startsWith("helm"))
        .extracting(call -> call.replaceFirst(".* uninstall (\\S+) --namespace (\\S+) .*", "$1 $2"))
        .containsExactly("keda keda", "prometheus-adapter monitoring", "monitoring monitoring");
    assertThat(tools.calls()).noneMatch(call -> call.contains("delete namespace"));
  }

  @Test
  void clusterThatIsNoMinikubeIsNotTouched() throws Exception {
    tools.answer("*get nodes*", 0, "");
    assertThat(undeploy("--all", "--purge").code()).isEqualTo(65);
    assertThat(tools.calls())
        .noneMatch(call -> call.contains(" delete ") || call.startsWith("helm"));
  }
}
