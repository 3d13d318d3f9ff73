package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.STAT;
import static io.fieldmark.dashboards.PanelKind.TABLE;
import static io.fieldmark.dashboards.PanelKind.TIMELINE;

/** For the person on call: is anybody hurt, how much, and where to look next. */
final class Overview {
  private static final String LATENCY =
      "fieldmark_request_duration_seconds_bucket{my, outcome='ok'}";

  private Overview() {}

  static Dashboard dashboard() {
    return new Dashboard(
            "overview", "Overview", "Is anybody hurt, how much, and where to look next.")
        .row("Service level", available(), budget(), firing(), serving(), model(), confidence())
        .row("Error budget", burning(), alerts())
        .row("Traffic", traffic(), rejects(), rejectedShare())
        .row("Latency", latency(), sources(), quick())
        .row("State", lifecycle(), backlog(), inflight());
  }

  private static Panel available() {
    return Panel.of(
            STAT,
            "Availability, 30 days",
            "percentunit",
            "Share of valid requests over HTTP (no fault of the client, not given up) that did not"
                + " end as internal, unavailable or past the deadline.")
        .query("1 - " + Promql.failedShare("30d"), "available")
        .below(0.9995, 0.999)
        .runbook(Runbook.ERRORS);
  }

  private static Panel budget() {
    return Panel.of(
            STAT,
            "Error budget left, 30 days",
            "percentunit",
            "What is left of the failures that the objective allows. Below zero it is broken.")
        .query("1 - " + Promql.burn("30d"), "left")
        .below(0.5, 0)
        .runbook(Runbook.ERRORS);
  }

  private static Panel firing() {
    return Panel.of(STAT, "Alerts firing", "none", "Fieldmark's alerts that fire now.")
        .query(
            "count(ALERTS{alertstate='firing', alertname=~'Fieldmark.*'}) or vector(0)", "firing")
        .above(1, 3);
  }

  private static Panel serving() {
    return Panel.of(
            STAT, "Processes serving", "none", "Processes that are neither starting nor draining.")
        .query("sum(fieldmark_lifecycle_state{my, state='serving'})", "serving")
        .below(1)
        .runbook(Runbook.ABSENT);
  }

  private static Panel model() {
    return Panel.of(
            STAT,
            "Is the model well",
            "none",
            "Whether every process with a model has it loaded and warm.")
        .query("min(fieldmark_model_state{my, state='ready'})", "model")
        .text(0, "not ready")
        .text(1, "ready")
        .below(1)
        .runbook(Runbook.MODEL);
  }

  private static Panel confidence() {
    return Panel.of(
            STAT,
            "Latest confidence, lowest",
            "percent",
            "Confidence of the last answered photo, the lowest of all processes: one photo each, so"
                + " look at the distribution (Model quality) before you judge.")
        .query("min(latest_confidence_score{my})", "latest_confidence_score")
        .below(60)
        .runbook(Runbook.CONFIDENCE);
  }

  private static Panel burning() {
    return Panel.of(
            GRAPH,
            "Burn rate",
            "none",
            "How many times faster than allowed the error budget goes: 1 uses it up in 30 days,"
                + " 14.4 in two.")
        .query(Promql.burn("5m"), "5 minutes")
        .query(Promql.burn("1h"), "1 hour")
        .query(Promql.burn("6h"), "6 hours")
        .above(6, 14.4)
        .fromZero()
        .wide(12)
        .runbook(Runbook.ERRORS);
  }

  private static Panel alerts() {
    return Panel.of(
            TABLE,
            "What is firing",
            "none",
            "Each alert that fires, with how bad it is. Its page says what to do.")
        .query(
            "sum by (alertname, severity, instance, pod)"
                + " (ALERTS{alertstate='firing', alertname=~'Fieldmark.*'})",
            "");
  }

  private static Panel traffic() {
    return Panel.of(
            GRAPH,
            "Requests by source and outcome",
            "reqps",
            "Requests that are over. accepted: stored, and answered later.")
        .query(
            Promql.rateBy("source, outcome", "fieldmark_requests_total{my}") + " > 0",
            "{{source}} {{outcome}}")
        .series("http ok", "kafka ok", "http accepted", "http client_error", "http rejected")
        .stacked()
        .fromZero();
  }

  private static Panel rejects() {
    return Panel.of(
            GRAPH,
            "Requests without a prediction",
            "reqps",
            "By reason and status code. 4xx but 429 are the client's; 429 is our bound, 5xx ours.")
        .query(
            Promql.rateBy("reason, code", "fieldmark_rejected_total{my}") + " > 0",
            "{{code}} {{reason}}")
        .stacked()
        .fromZero()
        .runbook(Runbook.REJECTS);
  }

  private static Panel rejectedShare() {
    return Panel.of(
            GRAPH,
            "Share of valid requests that failed or were turned away",
            "percentunit",
            "Failed: internal, unavailable, past the deadline. Turned away: 429, a bound was"
                + " reached.")
        .query(Promql.ratio(Promql.FAILED, Promql.VALID), "failed")
        .query(
            Promql.ratio(
                "fieldmark_requests_total{my, source='http', reason='overloaded'}", Promql.VALID),
            "turned away")
        .fromZero()
        .above(0.001, 0.01)
        .runbook(Runbook.ERRORS);
  }

  private static Panel latency() {
    return Panel.of(
            GRAPH,
            "Latency of predictions over HTTP",
            "s",
            "From a request's first byte to its answer, predictions only.")
        .query(Promql.quantile(0.5, "", http()), "p50")
        .query(Promql.quantile(0.95, "", http()), "p95")
        .query(Promql.quantile(0.99, "", http()), "p99")
        .fromZero()
        .above(0.5, 1)
        .runbook(Runbook.LATENCY);
  }

  private static String http() {
    return LATENCY.replace("'ok'", "'ok', source='http'");
  }

  private static Panel sources() {
    return Panel.of(
            GRAPH,
            "Latency p95 by source",
            "s",
            "Photos that came by topic are counted from when they were stored there.")
        .query(Promql.quantile(0.95, "source", LATENCY), "{{source}}")
        .series("http", "kafka")
        .fromZero()
        .runbook(Runbook.FRESHNESS);
  }

  private static Panel quick() {
    return Panel.of(
            GRAPH,
            "Predictions within a second",
            "percentunit",
            "Share of the predictions over HTTP that took at most a second; the promise is 99 %.")
        .query(
            Promql.ratio(
                http().replace("{my", "{my, le='1.0'"),
                "fieldmark_request_duration_seconds_count{my, outcome='ok', source='http'}"),
            "within 1 s")
        .between(0, 1)
        .below(0.995, 0.99)
        .runbook(Runbook.LATENCY);
  }

  private static Panel lifecycle() {
    return Panel.of(TIMELINE, "Processes", "none", "Serving, or not: starting, draining, closed.")
        .query("max by (instance) (fieldmark_lifecycle_state{my, state='serving'})", "{{instance}}")
        .text(0, "not serving")
        .text(1, "serving")
        .wide(8)
        .runbook(Runbook.ABSENT);
  }

  private static Panel backlog() {
    return Panel.of(
            GRAPH,
            "Oldest photo without an answer",
            "s",
            "On the topic (every ingestion process tells the same) and before the workers.")
        .query("max(fieldmark_backlog_seconds{my})", "on the topic")
        .query(
            "max(" + Promql.withModel("fieldmark_queue_oldest_age_seconds{my}") + ")",
            "before the workers")
        .fromZero()
        .runbook(Runbook.BACKLOG);
  }

  private static Panel inflight() {
    return Panel.of(
            GRAPH,
            "How full ingestion is",
            "percentunit",
            "Requests and bytes let in and not yet answered, against the bounds at which further"
                + " ones get 429; the fullest process.")
        .query("max(fieldmark_inflight{my} / fieldmark_inflight_limit{my})", "requests")
        .query("max(fieldmark_inflight_bytes{my} / fieldmark_inflight_bytes_limit{my})", "bytes")
        .between(0, 1)
        .above(0.7, 0.9)
        .runbook(Runbook.REJECTS);
  }
}
