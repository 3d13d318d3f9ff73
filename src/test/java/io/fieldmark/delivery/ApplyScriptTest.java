package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.delivery.RecordedTools.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make apply} does to a cluster, and what it says when something is in its way. */
class ApplyScriptTest {
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: fieldmark
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: fieldmark-ingestion
      ---
      apiVersion: monitoring.coreos.com/v1
      kind: PodMonitor
      metadata:
        name: fieldmark
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: fieldmark-topics
      """;

  private final RecordedTools tools;

  ApplyScriptTest(@TempDir Path folder) {
    tools =
        new RecordedTools(folder)
            .installed("kubectl")
            .onMinikube()
            .answer("*api-resources --api-group monitoring.coreos.com*", 0, "podmonitors\n")
            .answer("kubectl kustomize*", 0, MANIFESTS)
            .answer("*get statefulsets*", 0, "statefulset.apps/fieldmark-kafka\n")
            .answer("*get deployments*", 0, "deployment.apps/a\ndeployment.apps/b\n")
            .answer("*get job fieldmark-topics*", 0, "SuccessCriteriaMet Complete");
  }

  private Ended apply() throws Exception {
    return tools.run("k8s/scripts/apply");
  }

  @Test
  void replacesTheJobAppliesAndWaitsForBrokerTopicsAndServices() throws Exception {
    Ended ended = apply();
    assertThat(ended.code()).as(ended.output()).isZero();
    String there = "kubectl --context fieldmark ";
    String wait = " --timeout 300s";
    assertThat(tools.calls())
        .filteredOn(call -> !call.contains("apply --filename"))
        .containsExactly(
            "kubectl config current-context",
            there + "get --raw /readyz --request-timeout=20s",
            there + "get nodes --selector minikube.k8s.io/name --output name",
            "kubectl kustomize k8s/overlays/minikube",
            there + "api-resources --api-group monitoring.coreos.com --output name",
            there + "--namespace fieldmark delete job fieldmark-topics --ignore-not-found --wait",
            there
                + "--namespace fieldmark get statefulsets --selector"
                + " app.kubernetes.io/name=fieldmark --output name",
            there + "--namespace fieldmark rollout status statefulset.apps/fieldmark-kafka" + wait,
            there
                + "--namespace fieldmark get job fieldmark-topics --output"
                + " jsonpath={.status.conditions[?(@.status==\"True\")].type}",
            there
                + "--namespace fieldmark get deployments --selector"
                + " app.kubernetes.io/name=fieldmark --output name",
            there + "--namespace fieldmark rollout status deployment.apps/a" + wait,
            there + "--namespace fieldmark rollout status deployment.apps/b" + wait);
    assertThat(tools.calls().get(6)).startsWith(there + "apply --filename /");
    assertThat(tools.given()).isEqualTo(MANIFESTS);
  }

  @Test
  void clusterThatIsNoMinikubeIsNotTouched() throws Exception {
    tools.answer("kubectl config current-context", 0, "prod-eu\n").answer("*get nodes*", 0, "");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.output())
        .contains("'prod-eu' is no minikube", "CONTEXT=prod-eu make apply", "use-context");
    assertThat(tools.calls()).noneMatch(call -> call.matches(".* (apply|delete) .*"));
  }

  @Test
  void clusterThatIsNamedIsTaken() throws Exception {
    tools.with("CONTEXT", "prod-eu").answer("*get nodes*", 0, "");
    assertThat(apply().code()).isZero();
    assertThat(tools.calls())
        .allMatch(call -> call.startsWith("kubectl kustomize") || call.contains("prod-eu"))
        .anyMatch(call -> call.startsWith("kubectl --context prod-eu apply"));
  }

  @Test
  void clusterThatDoesNotAnswerIsSaidToBe() throws Exception {
    tools.answer("*get --raw /readyz*", 1, "");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output()).contains("context 'fieldmark' does not answer", "minikube");
  }

  @Test
  void whatNobodyInstalledTheOperatorForIsLeftOutAndThatIsSaid() throws Exception {
    tools.answer("*api-resources*", 0, "");
    Ended ended = apply();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("are left out", "make monitoring");
    assertThat(tools.given())
        .contains("kind: Namespace", "kind: Deployment", "kind: Job")
        .doesNotContain("PodMonitor");
  }

  @Test
  void withoutKedaItsOverlayIsRefused() throws Exception {
    tools
        .with("OVERLAY", "minikube-keda")
        .answer("kubectl kustomize*", 0, "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output()).contains("needs KEDA", "OVERLAY=minikube-keda make monitoring");
  }

  @Test
  void addressesThatNobodySetAreRefused() throws Exception {
    tools
        .with("OVERLAY", "production")
        .answer("kubectl kustomize*", 0, MANIFESTS + "  image: registry.example.com/x:1\n");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.output()).contains("registry.example.com/x:1", "still names example.com");
    assertThat(tools.calls()).noneMatch(call -> call.contains(" apply "));
  }

  @Test
  void overlaysThatThereAreAreTold() throws Exception {
    tools.with("OVERLAY", "staging");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(64);
    assertThat(ended.output()).contains("'staging'", "minikube minikube-keda production");
  }

  @Test
  void whatDoesNotComeUpIsShownWithEventsAndLog() throws Exception {
    tools
        .answer("*rollout status deployment.apps/b*", 1, "error: timed out\n")
        .answer("*get events*", 0, "Warning  FailedScheduling  0/1 nodes are available\n")
        .answer("*get pods --field-selector*", 0, "a-1 true\nb-1 true false\nb-2 \n")
        .answer("*logs b-1 --all-containers --tail 20", 0, "kafka.bootstrap_servers is missing\n");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(75);
    assertThat(ended.output())
        .contains("deployment.apps/b is not ready after 300 seconds")
        .contains("FailedScheduling", "--- log of b-1", "kafka.bootstrap_servers is missing")
        .contains("--- log of b-2", "WAIT_SECONDS=600")
        .doesNotContain("--- log of a-1");
  }

  @Test
  void overlayWithNothingToWaitForIsAFailure() throws Exception {
    tools.answer("*get deployments*", 0, "");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(70);
    assertThat(ended.output()).contains("has no Deployment");
  }

  @Test
  void topicsThatAreNotMadeEndIt() throws Exception {
    tools
        .answer("*get job fieldmark-topics*", 0, "Failed")
        .answer("*logs job/fieldmark-topics*", 0, "No broker answers at fieldmark-kafka:9092\n");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(75);
    assertThat(ended.output()).contains("topics were not made", "No broker answers");
    assertThat(tools.calls()).noneMatch(call -> call.contains("rollout status deployment"));
  }

  @Test
  void waitHasAnEnd() throws Exception {
    tools.with("WAIT_SECONDS", "1").answer("*get job fieldmark-topics*", 0, "");
    Ended ended = apply();
    assertThat(ended.code()).isEqualTo(75);
    assertThat(ended.output()).contains("not done after 1 seconds");
  }
}
