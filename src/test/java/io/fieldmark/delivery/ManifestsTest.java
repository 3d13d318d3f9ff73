package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  @Test
  void everyOverlayIsThere() {
    assertThat(Manifests.names())
        .containsExactly(
            "minikube", "minikube-keda", "production", "production-keda", "production-strimzi");
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void bothTiersAreDeploymentsOfTheirOwn(Manifests manifests) {
    assertThat(manifests.of(Deployment.class))
        .extracting(deployment -> deployment.getMetadata().getName())
        .containsExactlyInAnyOrder("fieldmark-ingestion", "fieldmark-inference");
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everythingIsInTheNamespaceAndOnlyOnce(Manifests manifests) {
    List<String> names =
        manifests.resources().stream()
            .map(resource -> resource.getKind() + " " + resource.getMetadata().getName())
            .toList();
    assertThat(names).doesNotHaveDuplicates();
    Namespace namespace = manifests.of(Namespace.class).get(0);
    assertThat(manifests.resources().stream().filter(resource -> resource != namespace))
        .allSatisfy(
            resource ->
                assertThat(resource.getMetadata().getNamespace())
                    .isEqualTo(namespace.getMetadata().getName()));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everythingSaysWhatItBelongsTo(Manifests manifests) {
    assertThat(manifests.resources().stream().filter(r -> !(r instanceof Namespace)))
        .allSatisfy(
            resource ->
                assertThat(resource.getMetadata().getLabels())
                    .as("%s", resource.getMetadata().getName())
                    .containsEntry("app.kubernetes.io/part-of", "fieldmark"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: 80}}",
        "{apiVersion: v1, kind: Service, metadata: {name: a, name: b}}",
        "{apiVersion: v2, kind: Service, metadata: {name: a}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {container: []}}}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: two}}",
        "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {maxReplicas: 1}}",
        "{apiVersion: kafka.strimzi.io/v1, kind: Kafka, spec: {kafka: {brokers: 3}}}",
        "{apiVersion: kafka.strimzi.io/v1, kind: Kafka, spec: {kafka: {replicas: 3}}}",
      })
  void whatNobodyKnowsIsNotRead(String document) {
    assertThatThrownBy(() -> StrictReader.read(document)).isInstanceOf(java.io.IOException.class);
  }
}
