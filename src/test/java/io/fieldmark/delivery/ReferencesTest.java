package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is named exists. */
class ReferencesTest {
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void podsRunUnderAccountsThatExist(Manifests manifests) {
    assertThat(manifests.workloads())
        .allSatisfy(
            workload ->
                assertThat(workload.pod().getServiceAccountName())
                    .isEqualTo(workload.name())
                    .matches(name -> manifests.find(ServiceAccount.class, name).isPresent()));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void ourPodsTakeAConfigurationThatExists(Manifests manifests) {
    assertThat(manifests.workloads().stream().filter(Workload::isFieldmark))
        .allSatisfy(
            workload -> {
              assertThat(workload.main().getEnvFrom()).hasSize(1);
              assertThat(References.environment(manifests, workload))
                  .containsEntry("FIELDMARK_MANAGEMENT_HOST", "0.0.0.0");
              assertThat(workload.main().getEnv()).allMatch(env -> env.getValueFrom() == null);
            });
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void secretsAndTheirKeysExist(Manifests manifests) throws IOException {
    Map<String, Set<String>> secrets = References.secrets(manifests);
    for (Workload workload : manifests.workloads()) {
      assertThat(References.secretFiles(workload).values())
          .hasSize(secrets.isEmpty() ? 0 : 2)
          .allMatch(item -> secrets.getOrDefault(item.get(0), Set.of()).contains(item.get(1)));
    }
  }

  /** A login of its own for each, where Strimzi makes them. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void filesThatVariablesNameAreMounted(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      Stream<String> named =
          References.environment(manifests, workload).values().stream()
              .filter(value -> value.startsWith("/etc/"));
      assertThat(References.secretFiles(workload).keySet())
          .containsExactlyInAnyOrderElementsOf(named.toList());
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyVolumeIsMountedAndEveryMountHasAVolume(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      Stream<String> volumes = workload.pod().getVolumes().stream().map(Volume::getName);
      Stream<String> claims =
          workload.owner() instanceof StatefulSet set
              ? set.getSpec().getVolumeClaimTemplates().stream().map(c -> c.getMetadata().getName())
              : Stream.empty();
      assertThat(workload.containers().map(Container::getVolumeMounts).flatMap(List::stream))
          .extracting(VolumeMount::getName)
          .containsOnly(Stream.concat(volumes, claims).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void servicesAndMonitorNamePortsOfTheirPods(Manifests manifests) {
    for (Service service : manifests.of(Service.class)) {
      Workload workload = workload(manifests, service.getMetadata().getName());
      assertThat(service.getSpec().getPorts())
          .isNotEmpty()
          .allMatch(port -> workload.hasPort(port.getTargetPort().getStrVal()));
    }
    PodMonitor monitor = manifests.get(PodMonitor.class, "fieldmark");
    for (Workload workload : manifests.selected(monitor.getSpec().getSelector())) {
      assertThat(monitor.getSpec().getPodMetricsEndpoints())
          .isNotEmpty()
          .allMatch(endpoint -> workload.hasPort(endpoint.getPort()));
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void networkPoliciesNamePortsOfTheirPods(Manifests manifests) {
    for (NetworkPolicy policy : manifests.of(NetworkPolicy.class)) {
      policy.getSpec().getIngress().stream()
          .flatMap(rule -> rule.getPorts().stream())
          .map(port -> port.getPort().getStrVal())
          .forEach(
              port ->
                  assertThat(manifests.selected(policy.getSpec().getPodSelector()))
                      .isNotEmpty()
                      .allMatch(workload -> workload.hasPort(port)));
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void ingressLeadsToAPortOfAService(Manifests manifests) {
    IngressServiceBackend backend =
        manifests
            .get(Ingress.class, "fieldmark")
            .getSpec()
            .getRules()
            .get(0)
            .getHttp()
            .getPaths()
            .get(0)
            .getBackend()
            .getService();
    assertThat(manifests.get(Service.class, backend.getName()).getSpec().getPorts())
        .extracting(ServicePort::getName)
        .contains(backend.getPort().getName());
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void statefulSetsHaveTheirHeadlessService(Manifests manifests) {
    for (StatefulSet set : manifests.of(StatefulSet.class)) {
      assertThat(manifests.get(Service.class, set.getSpec().getServiceName()).getSpec())
          .satisfies(service -> assertThat(service.getClusterIP()).isEqualTo("None"));
    }
  }

  private static Workload workload(Manifests manifests, String name) {
    return manifests.workloads().stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
