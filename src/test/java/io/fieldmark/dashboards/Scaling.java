package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;

/** Whether there are enough workers, and who may still come. */
final class Scaling {
  private Scaling() {}

  static Panel signal() {
    return Panel.of(
            GRAPH,
            "Signal against target",
            "percentunit",
            "Backlog in seconds as a share of the target. Above 1 for long, more processes should"
                + " come.")
        .query("max(fieldmark_backlog_seconds{my}) / $backlog_target", "backlog")
        .query(
            "sum(%s) / sum(%s)"
                .formatted(
                    Promql.withModel("fieldmark_workers_busy{my}"),
                    Promql.withModel("fieldmark_workers{my}")),
            "workers busy")
        .fromZero()
        .above(1, 2)
        .runbook(Runbook.REPLICAS);
  }

  static Panel replicas() {
    return Panel.of(
            GRAPH,
            "Replicas",
            "none",
            "What the autoscalers have, want and may have. More replicas than partitions idle.")
        .query(scaler("status_current_replicas"), "{{horizontalpodautoscaler}}")
        .query(scaler("status_desired_replicas"), "wanted {{horizontalpodautoscaler}}")
        .query(scaler("spec_max_replicas"), "at most {{horizontalpodautoscaler}}")
        .fromZero()
        .runbook(Runbook.REPLICAS);
  }

  private static String scaler(String what) {
    return ("max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_%s"
            + "{namespace=~'$namespace', horizontalpodautoscaler=~'.*fieldmark.*'})")
        .formatted(what);
  }

  static Panel workers() {
    return Panel.of(
            GRAPH,
            "Processes and workers",
            "none",
            "Processes with a model that is ready, and their workers.")
        .query("sum(fieldmark_model_state{my, state='ready'})", "processes")
        .query("sum(" + Promql.withModel("fieldmark_workers{my}") + ")", "workers")
        .fromZero();
  }
}
