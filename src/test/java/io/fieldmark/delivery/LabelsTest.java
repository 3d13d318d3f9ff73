package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Selectors find the pods that they are meant for, and no others. */
class LabelsTest {
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void workloadsFindTheirOwnPodsAlone(Manifests manifests) {
    for (Deployment deployment : manifests.of(Deployment.class)) {
      assertOnly(manifests, deployment.getSpec().getSelector(), deployment.getMetadata().getName());
    }
    for (StatefulSet set : manifests.of(StatefulSet.class)) {
      assertOnly(manifests, set.getSpec().getSelector(), set.getMetadata().getName());
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void servicesAndBudgetsFindThePodsOfTheirName(Manifests manifests) {
    for (Service service : manifests.of(Service.class)) {
      Map<String, String> labels = service.getSpec().getSelector();
      LabelSelector selector = new LabelSelectorBuilder().withMatchLabels(labels).build();
      assertOnly(manifests, selector, service.getMetadata().getName());
    }
    for (PodDisruptionBudget budget : manifests.of(PodDisruptionBudget.class)) {
      assertOnly(manifests, budget.getSpec().getSelector(), budget.getMetadata().getName());
    }
  }

  private static void assertOnly(Manifests manifests, LabelSelector selector, String workload) {
    assertThat(manifests.selected(selector)).extracting(Workload::name).containsExactly(workload);
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void podsAreSpreadAmongTheirOwnKind(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      assertThat(workload.pod().getTopologySpreadConstraints())
          .allSatisfy(
              constraint -> assertOnly(manifests, constraint.getLabelSelector(), workload.name()));
    }
    assertThat(manifests.of(Deployment.class))
        .allSatisfy(
            deployment ->
                assertThat(deployment.getSpec().getTemplate().getSpec())
                    .extracting(pod -> pod.getTopologySpreadConstraints().size())
                    .isEqualTo(2));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyNetworkPolicyIsForSomePod(Manifests manifests) {
    assertThat(manifests.of(NetworkPolicy.class))
        .isNotEmpty()
        .allSatisfy(
            policy ->
                assertThat(meetsPods(manifests, policy.getSpec().getPodSelector()))
                    .as("%s", policy.getMetadata().getName())
                    .isTrue());
  }

  private static boolean meetsPods(Manifests manifests, LabelSelector selector) {
    return Selectors.ofStrimzi(selector)
        ? manifests
            .find(Kafka.class, selector.getMatchLabels().get("strimzi.io/cluster"))
            .isPresent()
        : !manifests.selected(selector).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void bothTiersAreScrapedAndNothingElse(Manifests manifests) {
    PodMonitor monitor = manifests.get(PodMonitor.class, "fieldmark");
    assertThat(manifests.selected(monitor.getSpec().getSelector()))
        .extracting(Workload::name)
        .containsExactlyInAnyOrder("fieldmark-ingestion", "fieldmark-inference");
  }
}
