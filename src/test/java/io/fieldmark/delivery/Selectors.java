package io.fieldmark.delivery;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/** Whether labels are meant, as the cluster decides it. */
final class Selectors {
  private Selectors() {}

  /** An empty selector means everything. */
  static boolean match(LabelSelector selector, Map<String, String> labels) {
    Map<String, String> wanted = selector.getMatchLabels();
    return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
        && selector.getMatchExpressions().stream().allMatch(wish -> match(wish, labels));
  }

  private static boolean match(LabelSelectorRequirement wish, Map<String, String> labels) {
    String value = labels.get(wish.getKey());
    return switch (wish.getOperator()) {
      case "In" -> value != null && wish.getValues().contains(value);
      case "NotIn" -> value == null || !wish.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> throw new AssertionError("Unknown operator " + wish.getOperator());
    };
  }

  /** Whether pods are meant that Strimzi's operator makes, which are not among the manifests. */
  static boolean ofStrimzi(LabelSelector selector) {
    Map<String, String> wanted = selector.getMatchLabels();
    return wanted != null && wanted.containsKey("strimzi.io/cluster");
  }
}
