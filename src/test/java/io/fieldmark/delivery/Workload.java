package io.fieldmark.delivery;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.stream.Stream;

/** Something that makes pods, and what they are made like. */
record Workload(HasMetadata owner, PodTemplateSpec template) {
  static Stream<Workload> of(HasMetadata resource) {
    if (resource instanceof Deployment deployment) {
      return Stream.of(new Workload(resource, deployment.getSpec().getTemplate()));
    }
    if (resource instanceof StatefulSet set) {
      return Stream.of(new Workload(resource, set.getSpec().getTemplate()));
    }
    return resource instanceof Job job
        ? Stream.of(new Workload(resource, job.getSpec().getTemplate()))
        : Stream.empty();
  }

  String name() {
    return owner.getMetadata().getName();
  }

  Map<String, String> labels() {
    return template.getMetadata().getLabels();
  }

  PodSpec pod() {
    return template.getSpec();
  }

  /** Those that prepare the pod among them. */
  Stream<Container> containers() {
    return Stream.concat(pod().getInitContainers().stream(), pod().getContainers().stream());
  }

  /** The one that the pod is for. */
  Container main() {
    return pod().getContainers().get(0);
  }

  boolean isFieldmark() {
    return main().getName().equals("fieldmark");
  }

  /** Not one that runs a command and ends. */
  boolean serves() {
    return isFieldmark() && main().getArgs().isEmpty();
  }

  boolean hasPort(String name) {
    return containers()
        .flatMap(container -> container.getPorts().stream())
        .anyMatch(port -> name.equals(port.getName()));
  }

  int port(String name) {
    return containers()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> name.equals(port.getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name() + " has no port " + name))
        .getContainerPort();
  }

  @Override
  public String toString() {
    return name();
  }
}
