package io.fieldmark.dashboards;

import java.util.List;
import java.util.Optional;

/** The queries that return nothing where the tests run, each with its reason: keep it short. */
final class WithoutRows {
  private static final List<Expected> ALL =
      List.of(
          new Expected("kube_", "needs Kubernetes (kube-state-metrics)"),
          new Expected("container_", "needs Kubernetes (cAdvisor)"),
          new Expected("offset 7d", "needs a week of history"),
          new Expected("fieldmark_accuracy", "nothing answers to feedback yet"),
          new Expected("fieldmark_calibration", "nothing answers to feedback yet"),
          new Expected("fieldmark_confusion", "nothing answers to feedback yet"),
          new Expected("fieldmark_feedback", "nothing answers to feedback yet"));

  /**
   * @param part of the query's text
   */
  private record Expected(String part, String reason) {}

  private WithoutRows() {}

  static Optional<String> reason(String expression) {
    return ALL.stream()
        .filter(expected -> expression.contains(expected.part))
        .map(Expected::reason)
        .findFirst();
  }
}
