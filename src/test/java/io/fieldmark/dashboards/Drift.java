package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.HEATMAP;
import static io.fieldmark.dashboards.PanelKind.STAT;

/** Whether photos and answers are still those that the model was judged on. */
final class Drift {
  private Drift() {}

  static Panel index() {
    return Panel.of(
            GRAPH,
            "Population stability",
            "none",
            "How far the last answers are from the reference, the farthest process: below 0.1 as"
                + " ever, above 0.25 another population.")
        .query("max(fieldmark_drift_confidence{my})", "confidence")
        .query("max(fieldmark_drift_classes{my})", "classes")
        .fromZero()
        .above(0.1, 0.25)
        .runbook(Runbook.DRIFT);
  }

  static Panel notIdentified() {
    return Panel.of(
            GRAPH,
            "Share identified, against the reference",
            "percentunit",
            "Answers with the verdict identified over an hour, and what the reference has.")
        .query(
            "sum(rate(fieldmark_verdicts_total{my, verdict='identified'}[1h]))"
                + " / sum(rate(fieldmark_verdicts_total{my}[1h]))",
            "now")
        .query("max(fieldmark_drift_reference_identified{my})", "reference")
        .between(0, 1)
        .runbook(Runbook.DRIFT);
  }

  static Panel samples() {
    return Panel.of(
            STAT,
            "Answers compared",
            "none",
            "Answers in the window that is compared, the fewest of all processes; there is no"
                + " figure until they are enough.")
        .query("min(fieldmark_drift_samples{my})", "answers")
        .wide(8);
  }

  static Panel brightness() {
    return Panel.of(
            HEATMAP,
            "Brightness of the photos",
            "none",
            "At the size that the model sees, from black (0) to white (1).")
        .query(Promql.increaseBy("le", "fieldmark_input_brightness_bucket{my}"), "{{le}}")
        .runbook(Runbook.DRIFT);
  }

  static Panel sharpness() {
    return Panel.of(
            HEATMAP,
            "Sharpness of the photos",
            "none",
            "At the size that the model sees, so that thumbnails and camera photos compare. Low:"
                + " blurred.")
        .query(Promql.increaseBy("le", "fieldmark_input_sharpness_bucket{my}"), "{{le}}")
        .runbook(Runbook.DRIFT);
  }
}
