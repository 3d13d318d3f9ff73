package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods can be replaced and nodes drained, and neither takes the last pod away. */
class DisruptionTest {
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void nodesCanBeDrainedOnePodAtATime(Manifests manifests) {
    for (Deployment deployment : manifests.of(Deployment.class)) {
      String name = deployment.getMetadata().getName();
      PodDisruptionBudgetSpec budget = manifests.get(PodDisruptionBudget.class, name).getSpec();
      int replicas = Autoscaler.of(manifests, name).minimum();
      int available =
          budget.getMinAvailable() == null ? 0 : number(budget.getMinAvailable(), replicas);
      int away =
          budget.getMaxUnavailable() == null
              ? replicas - available
              : number(budget.getMaxUnavailable(), replicas);
      assertThat(away).as("pods of %s that may go", name).isEqualTo(1);
      assertThat(budget.getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
    }
  }

  /** Of a single replica, a budget would only keep the node from being drained. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyBudgetIsForADeployment(Manifests manifests) {
    assertThat(manifests.of(PodDisruptionBudget.class))
        .allMatch(
            budget -> manifests.find(Deployment.class, budget.getMetadata().getName()).isPresent());
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void newVersionsComeBeforeOldOnesGo(Manifests manifests) {
    for (Deployment deployment : manifests.of(Deployment.class)) {
      DeploymentSpec spec = deployment.getSpec();
      var rolling = spec.getStrategy().getRollingUpdate();
      assertThat(number(rolling.getMaxUnavailable(), 4)).isZero();
      assertThat(number(rolling.getMaxSurge(), 4)).isPositive();
      assertThat(spec.getRevisionHistoryLimit()).isBetween(1, 5);
    }
  }

  private static int number(IntOrString value, int of) {
    return value.getIntVal() == null
        ? Integer.parseInt(value.getStrVal().replace("%", "")) * of / 100
        : value.getIntVal();
  }
}
