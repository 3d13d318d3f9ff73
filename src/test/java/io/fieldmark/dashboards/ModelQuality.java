package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.BARS;
import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.HEATMAP;
import static io.fieldmark.dashboards.PanelKind.STAT;
import static io.fieldmark.dashboards.PanelKind.TABLE;

/** Whether the answers are good: how sure, how right, and whether the photos have changed. */
final class ModelQuality {
  private ModelQuality() {}

  static Dashboard dashboard() {
    return new Dashboard(
            "quality",
            "Model quality",
            "Whether the answers are good: how sure, how right, and whether the photos have"
                + " changed.")
        .row("Confidence", distribution(), latest(), lowShare(), quantiles())
        .row("Answers", classes(), classesAWeekAgo(), verdicts())
        .row(
            "Accuracy from feedback",
            Accuracy.now(),
            Accuracy.overTime(),
            Accuracy.verdicts(),
            Accuracy.confusion(),
            Accuracy.calibration(),
            Accuracy.calibrationError(),
            Accuracy.photos())
        .row(
            "Drift",
            Drift.index(),
            Drift.notIdentified(),
            Drift.samples(),
            Drift.brightness(),
            Drift.sharpness())
        .row("Model", versions(), start());
  }

  private static Panel distribution() {
    return Panel.of(
            HEATMAP,
            "Confidence of the best guess",
            "none",
            "How many answers fall into each tenth of confidence. A model that knows its photos is"
                + " dark at the top; a second band further down is another kind of photo.")
        .query(Promql.increaseBy("le", "fieldmark_confidence_bucket{my}"), "{{le}}");
  }

  private static Panel latest() {
    return Panel.of(
            GRAPH,
            "latest_confidence_score",
            "percent",
            "Confidence of the last answered photo, the lowest of all processes. One photo says"
                + " little: see what share is low before you act.")
        .query("min(latest_confidence_score{my})", "lowest")
        .query("max(latest_confidence_score{my})", "highest")
        .between(0, 100)
        .below(60)
        .wide(12)
        .runbook(Runbook.CONFIDENCE);
  }

  private static Panel lowShare() {
    return Panel.of(
            GRAPH,
            "Share of answers below 60 % confidence",
            "percentunit",
            "Over the last ten minutes; steadier than the last photo alone.")
        .query(
            "sum(rate(fieldmark_confidence_bucket{my, le='0.6'}[10m]))"
                + " / sum(rate(fieldmark_confidence_count{my}[10m]))",
            "below 60 %")
        .between(0, 1)
        .above(0.1, 0.2)
        .wide(12)
        .runbook(Runbook.CONFIDENCE_SHARE);
  }

  private static Panel quantiles() {
    return Panel.of(
            GRAPH,
            "Confidence, p10 and median",
            "percentunit",
            "One answer of ten is less sure than p10. Read from tenths, so within 0.1.")
        .query(Promql.quantile(0.5, "", "fieldmark_confidence_bucket{my}"), "median")
        .query(Promql.quantile(0.1, "", "fieldmark_confidence_bucket{my}"), "p10")
        .between(0, 1)
        .wide(12);
  }

  private static Panel classes() {
    return mix("Classes, last hour", "Share of each label; unknown: not identified.", "[1h]");
  }

  private static Panel classesAWeekAgo() {
    return mix(
        "Classes, the same hour a week ago",
        "To compare with: what has become more, or has gone.",
        "[1h] offset 7d");
  }

  private static Panel mix(String title, String description, String when) {
    String predictions = "rate(fieldmark_predictions_total{my}%s)".formatted(when);
    return Panel.of(BARS, title, "percentunit", description)
        .query(
            "sort_desc(sum by (label) (%1$s) / on () group_left () sum(%1$s))"
                .formatted(predictions),
            "{{label}}")
        .between(0, 1);
  }

  private static Panel verdicts() {
    return Panel.of(
            GRAPH,
            "Shares by verdict",
            "percentunit",
            "identified, not_sure, and whatever later versions add: treat what you do not know as"
                + " not sure.")
        .query(
            "%s / on () group_left () sum(%s)"
                .formatted(
                    Promql.rateBy("verdict", "fieldmark_verdicts_total{my}"),
                    Promql.rate("fieldmark_verdicts_total{my}")),
            "{{verdict}}")
        .series("identified", "not_sure")
        .stacked()
        .between(0, 1)
        .runbook(Runbook.CONFIDENCE_SHARE);
  }

  private static Panel versions() {
    return Panel.of(
            TABLE, "Which model answers", "none", "How many processes answer with which model.")
        .query("sum by (model, version, precision, sha256) (fieldmark_model_info{my})", "")
        .runbook(Runbook.MODEL);
  }

  private static Panel start() {
    return Panel.of(
            STAT,
            "How long a start takes",
            "s",
            "The slowest process: start of the JVM, native libraries, model, warm-up.")
        .query("max by (phase) (fieldmark_cold_start_seconds{my})", "{{phase}}")
        .wide(12);
  }
}
