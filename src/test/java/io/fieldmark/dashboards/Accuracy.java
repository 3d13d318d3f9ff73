package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.STAT;
import static io.fieldmark.dashboards.PanelKind.TABLE;

/**
 * What people said about answers. Every ingestion process computes the same of all feedback, so
 * these are maxima, never sums.
 */
final class Accuracy {
  private Accuracy() {}

  static Panel now() {
    return Panel.of(
            STAT,
            "Accuracy, one day",
            "percentunit",
            "Share of the answers that people called correct, between the bounds in which the truth"
                + " lies with 95 %. Few people speak up, and rather about mistakes.")
        .query(window("fieldmark_accuracy_lower"), "at least")
        .query(window("fieldmark_accuracy"), "accuracy")
        .query(window("fieldmark_accuracy_upper"), "at most")
        .below(0.95, 0.9)
        .wide(8)
        .runbook(Runbook.ACCURACY);
  }

  private static String window(String gauge) {
    return "max(%s{my, window='1d'})".formatted(gauge);
  }

  static Panel overTime() {
    return Panel.of(
            GRAPH,
            "Accuracy by window",
            "percentunit",
            "Over an hour, a day and a week, with the day's 95 % interval.")
        .query("max by (window) (fieldmark_accuracy{my})", "{{window}}")
        .query(window("fieldmark_accuracy_lower"), "1d at least")
        .query(window("fieldmark_accuracy_upper"), "1d at most")
        .series("1h", "1d", "7d")
        .between(0, 1)
        .runbook(Runbook.ACCURACY);
  }

  static Panel verdicts() {
    return Panel.of(
            GRAPH,
            "Feedback",
            "none",
            "How much was said, and how many answers of each window that is.")
        .query(
            "max by (verdict) (sum by (instance, verdict)"
                + " (increase(fieldmark_feedback_total{my}[$__rate_interval])))",
            "{{verdict}}")
        .query("max by (window) (fieldmark_accuracy_samples{my})", "in {{window}}")
        .series("correct", "wrong")
        .fromZero();
  }

  /** Each process counts its own, so here sums are right. */
  static Panel photos() {
    return Panel.of(
            GRAPH,
            "Labelled photos",
            "none",
            "What became of the photos of answers that people labelled, where they are kept"
                + " (feedback.store_photos). gone: labelled too late to be found; failed: see the log.")
        .query(Promql.increaseBy("outcome", "fieldmark_labelled_photos_total{my}"), "{{outcome}}")
        .series("kept", "gone", "failed", "forgotten")
        .stacked()
        .fromZero()
        .wide(24);
  }

  static Panel confusion() {
    return Panel.of(
            TABLE,
            "Mistaken for each other, last day",
            "none",
            "What was predicted, what people say it is, and how often.")
        .query(
            "sort_desc(max by (predicted, actual) (fieldmark_confusion{my}) > 0)",
            "{{predicted}} is {{actual}}");
  }

  static Panel calibration() {
    return Panel.of(
            GRAPH,
            "Does 0.9 mean 90 %?",
            "percentunit",
            "How often answers of each band of confidence were right, over seven days, less how"
                + " sure they were. Below zero: surer than it should be.")
        .query(
            "max by (band) (fieldmark_calibration_accuracy{my})"
                + " - max by (band) (fieldmark_calibration_confidence{my})",
            "{{band}}")
        .between(-1, 1)
        .wide(8)
        .runbook(Runbook.CALIBRATION);
  }

  static Panel calibrationError() {
    return Panel.of(
            STAT,
            "Calibration error",
            "percentunit",
            "How far confidence and accuracy lie apart on average, over seven days.")
        .query("max(fieldmark_calibration_error{my})", "error")
        .query(
            "max(fieldmark_feedback_retained{my} / fieldmark_feedback_retained_limit{my})",
            "feedback kept, of its bound")
        .above(0.05, 0.15)
        .runbook(Runbook.CALIBRATION);
  }
}
