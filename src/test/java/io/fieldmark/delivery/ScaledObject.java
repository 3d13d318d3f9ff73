package io.fieldmark.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/** KEDA's, as far as it is used here: no library has its classes. Names are those of its CRD. */
@Group("keda.sh")
@Version("v1alpha1")
final class ScaledObject extends CustomResource<ScaledObject.Spec, Void> {
  private static final long serialVersionUID = 1L;

  record Spec(
      CrossVersionObjectReference scaleTargetRef,
      int pollingInterval,
      int minReplicaCount,
      int maxReplicaCount,
      Advanced advanced,
      List<Trigger> triggers) {}

  record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

  record Autoscaler(String name, HorizontalPodAutoscalerBehavior behavior) {}

  record Trigger(String type, String metricType, Metadata metadata) {}

  /** Of the triggers prometheus (all but the last) and cpu (the last). */
  record Metadata(
      String serverAddress,
      String query,
      String threshold,
      @JsonProperty("ignoreNullValues") String ignoresNothing,
      String value) {}

  /** Of one kind of trigger. */
  Map<String, List<Trigger>> triggers() {
    return getSpec().triggers().stream()
        .collect(java.util.stream.Collectors.groupingBy(Trigger::type));
  }
}
