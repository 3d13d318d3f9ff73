package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.HEATMAP;
import static io.fieldmark.dashboards.PanelKind.STAT;

/** Where the time goes between an upload and its answer, and what waits for what. */
final class Pipeline {
  private static final String STAGE = "fieldmark_stage_duration_seconds";
  private static final String[] STAGES = {
    "receive", "topic", "queue", "decode", "batch_wait", "infer", "publish"
  };

  private Pipeline() {}

  static Dashboard dashboard() {
    return new Dashboard(
            "pipeline", "Pipeline", "Where the time goes between an upload and its answer.")
        .row("Stages", median(), tail(), spent())
        .row("Queues", depth(), oldest(), fill(), inflight(), bytes(), uploads())
        .row("Batches", batches(), batchSize(), images())
        .row("Workers", workers(), busy(), inference(), decoding());
  }

  private static Panel median() {
    return stages(0.5, "Stages, p50", "Half of the photos pass each stage faster than this.");
  }

  private static Panel tail() {
    return stages(0.95, "Stages, p95", "One photo of twenty takes longer than this in the stage.")
        .runbook(Runbook.LATENCY);
  }

  private static Panel stages(double quantile, String title, String description) {
    return Panel.of(GRAPH, title, "s", description)
        .query(Promql.quantile(quantile, "stage", STAGE + "_bucket{my}"), "{{stage}}")
        .series(STAGES)
        .fromZero();
  }

  private static Panel spent() {
    return Panel.of(
            GRAPH,
            "Photos in each stage",
            "none",
            "Seconds spent in a stage for each second of the clock: how many photos are in it on"
                + " average. What grows here is the bottleneck.")
        .query(Promql.rateBy("stage", STAGE + "_sum{my}"), "{{stage}}")
        .series(STAGES)
        .stacked()
        .fromZero();
  }

  private static Panel depth() {
    return Panel.of(
            GRAPH,
            "Waiting for a worker",
            "none",
            "Photos in the queue of each process, against its places. A process of the ingestion"
                + " tier tells of the whole topic.")
        .query("max by (instance) (fieldmark_queue_depth{my})", "{{instance}}")
        .query("max by (instance) (fieldmark_queue_capacity{my})", "places {{instance}}")
        .fromZero()
        .runbook(Runbook.QUEUE);
  }

  private static Panel oldest() {
    return Panel.of(
            GRAPH, "Oldest that waits", "s", "How long the first in the queue has waited by now.")
        .query("max by (instance) (fieldmark_queue_oldest_age_seconds{my})", "{{instance}}")
        .fromZero()
        .above(5, 30)
        .runbook(Runbook.QUEUE);
  }

  private static Panel fill() {
    return Panel.of(
            GRAPH,
            "How full the bounded collections are",
            "percentunit",
            "The fullest process. Results kept and remembered are dropped, oldest first, when full;"
                + " at the bound of the others clients get 429.")
        .query(full("fieldmark_retained_results"), "results kept")
        .query(full("fieldmark_streams"), "live streams")
        .query(full("fieldmark_pending_replies"), "waiting clients")
        .query(full("fieldmark_remembered_results"), "remembered results")
        .query("max(fieldmark_queue_depth{my} / fieldmark_queue_capacity{my})", "queue")
        .between(0, 1)
        .above(0.8, 0.95);
  }

  private static String full(String collection) {
    return "max(%1$s{my} / %1$s_limit{my})".formatted(collection);
  }

  private static Panel inflight() {
    return Panel.of(
            GRAPH,
            "Requests let in and not answered",
            "none",
            "Of all ingestion, against the bound.")
        .query("sum(fieldmark_inflight{my})", "requests")
        .query("sum(fieldmark_inflight_limit{my})", "bound")
        .fromZero()
        .runbook(Runbook.REJECTS);
  }

  private static Panel bytes() {
    return Panel.of(
            GRAPH, "Bytes let in and not answered", "bytes", "Of all ingestion, against the bound.")
        .query("sum(fieldmark_inflight_bytes{my})", "bytes")
        .query("sum(fieldmark_inflight_bytes_limit{my})", "bound")
        .fromZero()
        .runbook(Runbook.REJECTS);
  }

  private static Panel uploads() {
    return Panel.of(
            GRAPH,
            "Uploads not yet safe",
            "none",
            "Between their first byte and the moment from which they are stored or answered: what"
                + " ingestion works on, however slow inference is.")
        .query("sum(fieldmark_uploads_unacknowledged{my})", "uploads")
        .fromZero();
  }

  private static Panel batches() {
    return Panel.of(
            HEATMAP,
            "Images in a forward pass",
            "none",
            "Batches form of what waits when a worker is free: small ones mean that nothing waits.")
        .query(Promql.increaseBy("le", "fieldmark_batch_size_bucket{my}"), "{{le}}");
  }

  private static Panel batchSize() {
    return Panel.of(GRAPH, "Mean batch", "none", "Images in one forward pass, on average.")
        .query(
            Promql.ratio("fieldmark_batch_size_sum{my}", "fieldmark_batch_size_count{my}"),
            "images")
        .fromZero()
        .wide(6);
  }

  private static Panel images() {
    return Panel.of(GRAPH, "Images and passes", "ops", "Images classified, and forward passes.")
        .query("sum(" + Promql.rate("fieldmark_batch_size_sum{my}") + ")", "images")
        .query("sum(" + Promql.rate("fieldmark_batch_size_count{my}") + ")", "forward passes")
        .fromZero()
        .wide(6);
  }

  private static Panel workers() {
    return Panel.of(
            STAT, "Workers", "none", "Workers that are ready, of all processes with a model.")
        .query("sum(" + Promql.withModel("fieldmark_workers{my}") + ")", "workers")
        .below(1)
        .runbook(Runbook.WORKERS);
  }

  private static Panel busy() {
    return Panel.of(
            GRAPH,
            "Busy workers",
            "percentunit",
            "Share of the workers that are busy. Near 1 for long: add processes.")
        .query(
            "sum(%s) / sum(%s)"
                .formatted(
                    Promql.withModel("fieldmark_workers_busy{my}"),
                    Promql.withModel("fieldmark_workers{my}")),
            "busy")
        .between(0, 1)
        .above(0.8, 0.95)
        .runbook(Runbook.BACKLOG);
  }

  private static Panel inference() {
    return Panel.of(
            GRAPH,
            "Forward pass",
            "s",
            "Time that a batch takes in the network, as each photo sees it.")
        .query(Promql.quantile(0.5, "", STAGE + "_bucket{my, stage='infer'}"), "p50")
        .query(Promql.quantile(0.99, "", STAGE + "_bucket{my, stage='infer'}"), "p99")
        .fromZero()
        .wide(6);
  }

  private static Panel decoding() {
    return Panel.of(
            GRAPH,
            "Decoding",
            "s",
            "From encoded bytes to the network's input; grows with the photos' size.")
        .query(Promql.quantile(0.5, "", STAGE + "_bucket{my, stage='decode'}"), "p50")
        .query(Promql.quantile(0.99, "", STAGE + "_bucket{my, stage='decode'}"), "p99")
        .fromZero()
        .wide(6);
  }
}
