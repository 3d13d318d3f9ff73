package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Pod Security Standard "restricted" asks, and more that costs nothing. */
class PodSecurityTest {
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void namespaceAdmitsNothingElse(Manifests manifests) {
    assertThat(manifests.get(Namespace.class, "fieldmark").getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void podsAreNotOfRootAndNotOfTheNode(Manifests manifests) {
    assertThat(manifests.workloads())
        .isNotEmpty()
        .allSatisfy(
            workload -> {
              PodSpec pod = workload.pod();
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
              assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                  .isEqualTo("RuntimeDefault");
              assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
                  .allMatch(host -> host == null || !host);
              assertThat(pod.getVolumes()).allMatch(PodSecurityTest::admitted);
            });
  }

  private static boolean admitted(Volume volume) {
    return volume.getHostPath() == null
        && Stream.of(
                volume.getEmptyDir(),
                volume.getProjected(),
                volume.getSecret(),
                volume.getConfigMap(),
                volume.getPersistentVolumeClaim())
            .anyMatch(Objects::nonNull);
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void containersCanGainNothingAndWriteNoRoot(Manifests manifests) {
    assertThat(manifests.workloads().stream().flatMap(Workload::containers))
        .isNotEmpty()
        .allSatisfy(
            container -> {
              SecurityContext context = container.getSecurityContext();
              assertThat(context.getAllowPrivilegeEscalation()).isFalse();
              assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(context.getCapabilities().getAdd()).isEmpty();
              assertThat(context.getReadOnlyRootFilesystem()).isTrue();
              assertThat(context.getPrivileged()).isNull();
              assertThat(context.getRunAsUser()).isNull();
              assertThat(context.getRunAsNonRoot()).isNull();
              assertThat(container.getPorts()).allMatch(port -> port.getHostPort() == null);
            });
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void ourPodsRunAsTheUserOfTheImageAndWriteToTmp(Manifests manifests) throws IOException {
    String user = Dockerfile.read().effective("ingestion", "USER");
    assertThat(manifests.workloads().stream().filter(Workload::isFieldmark))
        .hasSize(3)
        .allSatisfy(
            workload -> {
              var context = workload.pod().getSecurityContext();
              assertThat(context.getRunAsUser() + ":" + context.getRunAsGroup()).isEqualTo(user);
              assertThat(workload.main().getVolumeMounts())
                  .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
            });
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void nobodyHasATokenForTheCluster(Manifests manifests) {
    assertThat(manifests.of(ServiceAccount.class))
        .isNotEmpty()
        .allMatch(account -> !account.getAutomountServiceAccountToken());
    assertThat(manifests.workloads())
        .allMatch(workload -> !workload.pod().getAutomountServiceAccountToken());
  }

  /** Of a Service fieldmark-ingestion they make FIELDMARK_INGESTION_PORT, which is no setting. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void clusterAddsNoVariables(Manifests manifests) {
    assertThat(manifests.workloads())
        .allMatch(workload -> Boolean.FALSE.equals(workload.pod().getEnableServiceLinks()));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void loginCanBeReadByThePodsUser(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      for (Container container : workload.pod().getContainers()) {
        boolean login =
            container.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getName().equals("kafka-login"));
        assertThat(login).isEqualTo(manifests.overlay().startsWith("production"));
        assertThat(!login || workload.pod().getSecurityContext().getFsGroup() != null).isTrue();
      }
    }
  }
}
