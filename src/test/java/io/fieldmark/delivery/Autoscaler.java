package io.fieldmark.delivery;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What changes a Deployment's replicas: the cluster's own, or the one that KEDA makes.
 *
 * @param target the Deployment's name
 */
record Autoscaler(
    String name,
    boolean keda,
    String target,
    int minimum,
    int maximum,
    HorizontalPodAutoscalerBehavior behavior,
    List<Signal> signals) {
  private static final Pattern QUERY = Pattern.compile("(?:max|sum)\\((\\w+)\\{(.*)}\\)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /**
   * @param selected labels of the series
   * @param target in the metric's unit
   */
  record Signal(String metric, Map<String, String> selected, double target) {}

  static List<Autoscaler> of(Manifests manifests) {
    return Stream.concat(
            manifests.of(HorizontalPodAutoscaler.class).stream().map(Autoscaler::of),
            manifests.of(ScaledObject.class).stream().map(Autoscaler::of))
        .toList();
  }

  static Autoscaler of(Manifests manifests, String target) {
    return of(manifests).stream()
        .filter(autoscaler -> autoscaler.target.equals(target))
        .findFirst()
        .orElseThrow();
  }

  private static Autoscaler of(HorizontalPodAutoscaler autoscaler) {
    var spec = autoscaler.getSpec();
    return new Autoscaler(
        autoscaler.getMetadata().getName(),
        false,
        spec.getScaleTargetRef().getName(),
        spec.getMinReplicas(),
        spec.getMaxReplicas(),
        spec.getBehavior(),
        spec.getMetrics().stream().map(Autoscaler::signal).toList());
  }

  private static Signal signal(MetricSpec metric) {
    if (metric.getExternal() != null) {
      var external = metric.getExternal();
      return new Signal(
          external.getMetric().getName(),
          external.getMetric().getSelector().getMatchLabels(),
          number(external.getTarget().getValue()));
    }
    if (metric.getPods() != null) {
      var pods = metric.getPods();
      return new Signal(
          pods.getMetric().getName(), Map.of(), number(pods.getTarget().getAverageValue()));
    }
    var resource = metric.getResource();
    return new Signal(resource.getName(), Map.of(), number(resource.getTarget().getAverageValue()));
  }

  private static Autoscaler of(ScaledObject scaled) {
    ScaledObject.Spec spec = scaled.getSpec();
    return new Autoscaler(
        spec.advanced().horizontalPodAutoscalerConfig().name(),
        true,
        spec.scaleTargetRef().getName(),
        spec.minReplicaCount(),
        spec.maxReplicaCount(),
        spec.advanced().horizontalPodAutoscalerConfig().behavior(),
        spec.triggers().stream().map(Autoscaler::signal).toList());
  }

  private static Signal signal(ScaledObject.Trigger trigger) {
    if (trigger.type().equals("cpu")) {
      return new Signal("cpu", Map.of(), number(Quantity.parse(trigger.metadata().value())));
    }
    Matcher query = QUERY.matcher(trigger.metadata().query());
    if (!query.matches()) {
      throw new AssertionError("Not one series: " + trigger.metadata().query());
    }
    Map<String, String> selected = new HashMap<>();
    Matcher label = LABEL.matcher(query.group(2));
    while (label.find()) {
      selected.put(label.group(1), label.group(2));
    }
    return new Signal(query.group(1), selected, Double.parseDouble(trigger.metadata().threshold()));
  }

  private static double number(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).doubleValue();
  }
}
