package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.STAT;

/** What lies between the tiers, whether nothing is lost, and whether there are enough workers. */
final class Kafka {
  private Kafka() {}

  static Dashboard dashboard() {
    return new Dashboard(
            "kafka",
            "Kafka and scaling",
            "What lies between the tiers, whether nothing is lost, and whether there are enough"
                + " workers. Empty where everything runs in one process.")
        .row("Backlog", photos(), seconds(), drain(), retention())
        .row("Promise", imbalance(), lost(), deadLetters(), duplicates(), retries())
        .row(
            "Consumers",
            pollAge(),
            inWork(),
            partitions(),
            paused(),
            uncommitted(),
            rebalances(),
            KafkaClients.consumed())
        .row(
            "Clients",
            KafkaClients.sent(),
            KafkaClients.requestLatency(),
            KafkaClients.buffer(),
            KafkaClients.connections())
        .row("Scaling", Scaling.signal(), Scaling.replicas(), Scaling.workers());
  }

  private static Panel photos() {
    return Panel.of(
            GRAPH,
            "Backlog in photos",
            "none",
            "Photos on the topic without a committed answer. Every ingestion process tells the"
                + " same.")
        .query(everywhere("fieldmark_backlog_photos"), "{{topic}}")
        .fromZero()
        .wide(6)
        .runbook(Runbook.BACKLOG);
  }

  private static String everywhere(String gauge) {
    return "max by (topic, group) (%s{my})".formatted(gauge);
  }

  private static Panel seconds() {
    return Panel.of(
            GRAPH,
            "Backlog in seconds",
            "s",
            "Age of the oldest photo without an answer: the signal to scale inference by.")
        .query(everywhere("fieldmark_backlog_seconds"), "{{topic}}")
        .query("vector($backlog_target)", "target")
        .fromZero()
        .wide(6)
        .runbook(Runbook.BACKLOG);
  }

  private static Panel drain() {
    return Panel.of(
            GRAPH,
            "Time to work it off",
            "s",
            "How long the backlog takes at measured speed, with the workers that there are now.")
        .query(everywhere("fieldmark_backlog_drain_seconds"), "{{topic}}")
        .fromZero()
        .wide(6)
        .runbook(Runbook.BACKLOG);
  }

  private static Panel retention() {
    return Panel.of(
            STAT,
            "Until photos are lost",
            "s",
            "When the topic's retention takes the first unanswered photo, if nobody answers.")
        .query("min(fieldmark_retention_left_seconds{my})", "left")
        .below(86_400, 21_600)
        .wide(6)
        .runbook(Runbook.RETENTION);
  }

  private static Panel imbalance() {
    return Panel.of(
            STAT,
            "Ledger imbalance",
            "none",
            "Committed offsets with neither result nor dead letter. Anything but zero is a loss.")
        .query("max(fieldmark_ledger_imbalance{my})", "imbalance")
        .above(1)
        .runbook(Runbook.LEDGER);
  }

  private static Panel lost() {
    return Panel.of(
            STAT,
            "Photos lost to retention, a day",
            "none",
            "Photos that vanished from the topic before anybody answered them.")
        .query("max(increase(fieldmark_photos_lost_total{my}[1d]))", "lost")
        .above(1)
        .runbook(Runbook.LOST);
  }

  private static Panel deadLetters() {
    return Panel.of(
            GRAPH,
            "Dead letters",
            "none",
            "Photos that we failed at, kept to be put back (fieldmark replay-dead-letters).")
        .query(Promql.increaseBy("reason", "fieldmark_dead_letters_total{my}"), "{{reason}}")
        .fromZero()
        .above(1)
        .wide(5)
        .runbook(Runbook.DEAD_LETTERS);
  }

  private static Panel duplicates() {
    return Panel.of(
            GRAPH,
            "Duplicates and unreadable results",
            "none",
            "Results that readers dropped. Duplicates follow a crash; unreadable ones come from"
                + " somebody else's program. Every ingestion process counts all.")
        .query(
            "max(increase(fieldmark_duplicates_suppressed_total{my}[$__rate_interval]))",
            "duplicates")
        .query(
            "max(increase(fieldmark_results_unreadable_total{my}[$__rate_interval]))", "unreadable")
        .fromZero()
        .wide(6)
        .runbook(Runbook.DUPLICATES);
  }

  private static Panel retries() {
    return Panel.of(
            GRAPH, "Retries", "none", "Publishing, inference or commits that had to be repeated.")
        .query(Promql.increaseBy("reason", "fieldmark_retries_total{my}"), "{{reason}}")
        .series("publish", "inference", "commit")
        .fromZero()
        .wide(5);
  }

  private static Panel pollAge() {
    return Panel.of(
            GRAPH,
            "Last poll",
            "s",
            "How long ago each consumer polled. One that does not poll loses its partitions.")
        .query("max by (instance) (fieldmark_kafka_last_poll_age_seconds{my})", "{{instance}}")
        .fromZero()
        .wide(6)
        .above(5, 30)
        .runbook(Runbook.POLL);
  }

  private static Panel inWork() {
    return Panel.of(
            GRAPH,
            "Photos in work",
            "none",
            "Read and not answered, of each process, against the bound.")
        .query("max by (instance) (fieldmark_kafka_inflight{my})", "{{instance}}")
        .query("max(fieldmark_kafka_inflight_limit{my})", "bound")
        .fromZero()
        .wide(6);
  }

  private static Panel partitions() {
    return Panel.of(
            GRAPH,
            "Partitions of each process",
            "none",
            "A process without any idles: there are more processes than partitions.")
        .query(
            "max by (instance) (kafka_consumer_coordinator_assigned_partitions{my})",
            "{{instance}}")
        .fromZero()
        .wide(6);
  }

  private static Panel paused() {
    return Panel.of(
            GRAPH,
            "Partitions with no room for more",
            "none",
            "Paused because the process has as many photos in work as it may.")
        .query("max by (instance) (fieldmark_kafka_partitions_paused{my})", "{{instance}}")
        .fromZero()
        .wide(6);
  }

  private static Panel uncommitted() {
    return Panel.of(
            GRAPH,
            "Answered, not committed",
            "none",
            "Answered photos whose offsets wait for one before them: what a crash would repeat.")
        .query("max by (instance) (fieldmark_kafka_uncommitted_completed{my})", "{{instance}}")
        .fromZero();
  }

  private static Panel rebalances() {
    return Panel.of(
            GRAPH,
            "Rebalances",
            "none",
            "Changes of a process's partitions. A few at each deployment; steady ones are trouble.")
        .query(
            Promql.increaseBy("instance", "fieldmark_kafka_rebalances_total{my}"), "{{instance}}")
        .fromZero()
        .runbook(Runbook.POLL);
  }
}
