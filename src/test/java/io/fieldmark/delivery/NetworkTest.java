package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may talk to whom. */
class NetworkTest {
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void nothingIsAllowedThatIsNotNamed(Manifests manifests) {
    NetworkPolicy deny = manifests.get(NetworkPolicy.class, "fieldmark-default-deny");
    assertThat(deny.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(manifests.selected(deny.getSpec().getPodSelector()))
        .containsExactlyElementsOf(manifests.workloads());
    assertThat(deny.getSpec().getIngress()).isEmpty();
    assertThat(deny.getSpec().getEgress()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void onlyIngestionIsReachedByAnybodyAndOnlyForPhotos(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      Set<String> open =
          incoming(manifests, workload)
              .filter(rule -> rule.getFrom().isEmpty())
              .flatMap(NetworkTest::ports)
              .collect(Collectors.toSet());
      boolean ingestion = workload.name().equals("fieldmark-ingestion");
      assertThat(open).isEqualTo(ingestion ? Set.of("http") : Set.of());
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void managementIsForPrometheusAlone(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      List<NetworkPolicyPeer> allowed =
          incoming(manifests, workload)
              .filter(rule -> ports(rule).anyMatch("management"::equals))
              .flatMap(rule -> rule.getFrom().stream())
              .toList();
      assertThat(allowed).hasSize(workload.hasPort("management") ? 1 : 0);
      assertThat(allowed)
          .allSatisfy(
              peer -> {
                assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .isEqualTo(Map.of("kubernetes.io/metadata.name", "monitoring"));
                assertThat(peer.getPodSelector().getMatchLabels())
                    .isEqualTo(Map.of("app.kubernetes.io/name", "prometheus"));
              });
    }
  }

  private static Stream<NetworkPolicyIngressRule> incoming(Manifests manifests, Workload workload) {
    return policies(manifests, workload).flatMap(policy -> policy.getSpec().getIngress().stream());
  }

  private static Stream<String> ports(NetworkPolicyIngressRule rule) {
    return rule.getPorts().stream().map(port -> port.getPort().getStrVal());
  }

  private static Stream<NetworkPolicy> policies(Manifests manifests, Workload workload) {
    return manifests.of(NetworkPolicy.class).stream()
        .filter(policy -> Selectors.match(policy.getSpec().getPodSelector(), workload.labels()));
  }

  /** The port is the one at which the configuration expects the brokers. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void ourPodsReachNamesAndKafkaAndNothingElse(Manifests manifests) {
    for (Workload workload :
        manifests.workloads().stream().filter(Workload::isFieldmark).toList()) {
      Set<Integer> ports = new HashSet<>(Set.of(53));
      String brokers =
          References.environment(manifests, workload).get("FIELDMARK_KAFKA_BOOTSTRAP_SERVERS");
      for (String broker : brokers.split(",", -1)) {
        ports.add(Integer.valueOf(broker.replaceAll(".*:", "")));
      }
      assertThat(
              outgoing(manifests, workload)
                  .flatMap(rule -> rule.getPorts().stream())
                  .map(port -> port.getPort().getIntVal())
                  .collect(Collectors.toSet()))
          .isEqualTo(ports);
      assertThat(outgoing(manifests, workload)).allMatch(rule -> !rule.getPorts().isEmpty());
    }
  }

  private static Stream<NetworkPolicyEgressRule> outgoing(Manifests manifests, Workload workload) {
    return policies(manifests, workload).flatMap(policy -> policy.getSpec().getEgress().stream());
  }

  /** Where the brokers are ours, nothing else may be reached at that port. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void brokersAreMeantByTheirPods(Manifests manifests) {
    List<NetworkPolicyPeer> peers =
        manifests
            .get(NetworkPolicy.class, "fieldmark-to-kafka")
            .getSpec()
            .getEgress()
            .get(0)
            .getTo();
    boolean outside = List.of("production", "production-keda").contains(manifests.overlay());
    assertThat(peers).hasSize(outside ? 0 : 1);
    for (NetworkPolicyPeer peer : peers) {
      if (Selectors.ofStrimzi(peer.getPodSelector())) {
        String cluster = peer.getPodSelector().getMatchLabels().get("strimzi.io/cluster");
        assertThat(manifests.find(Kafka.class, cluster)).isPresent();
      } else {
        assertThat(manifests.selected(peer.getPodSelector()))
            .extracting(Workload::name)
            .containsExactly("fieldmark-kafka");
      }
    }
  }
}
