package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;

/** What Kafka's own clients tell. */
final class KafkaClients {
  private KafkaClients() {}

  static Panel consumed() {
    return Panel.of(
            GRAPH,
            "Records consumed, and the client's own lag",
            "none",
            "Records a second of each client. The lag stands still while partitions are paused:"
                + " trust the backlog above.")
        .query(
            Promql.rateBy("client_id", "kafka_consumer_fetch_manager_records_consumed_total{my}"),
            "{{client_id}}")
        .query(
            "max by (client_id) (kafka_consumer_fetch_manager_records_lag_max{my})",
            "lag {{client_id}}")
        .fromZero();
  }

  static Panel sent() {
    return Panel.of(
            GRAPH, "Records sent", "ops", "By Kafka's producers, with failures and retries.")
        .query("sum(" + Promql.rate("kafka_producer_record_send_total{my}") + ")", "sent")
        .query("sum(" + Promql.rate("kafka_producer_record_retry_total{my}") + ")", "sent again")
        .query("sum(" + Promql.rate("kafka_producer_record_error_total{my}") + ")", "failed")
        .fromZero()
        .wide(6);
  }

  static Panel requestLatency() {
    return Panel.of(GRAPH, "The broker's answers", "ms", "Mean time of a produce or fetch request.")
        .query("max by (client_id) (kafka_producer_request_latency_avg{my})", "{{client_id}}")
        .query(
            "max by (client_id) (kafka_consumer_fetch_manager_fetch_latency_avg{my})",
            "fetch {{client_id}}")
        .fromZero()
        .wide(6);
  }

  static Panel buffer() {
    return Panel.of(
            GRAPH,
            "Producers' free buffer",
            "bytes",
            "When it is used up, uploads wait and then end with 503.")
        .query("min by (client_id) (kafka_producer_buffer_available_bytes{my})", "{{client_id}}")
        .fromZero()
        .wide(6);
  }

  static Panel connections() {
    return Panel.of(GRAPH, "Connections to brokers", "none", "Of producers and consumers.")
        .query("sum(kafka_producer_connection_count{my})", "producers")
        .query("sum(kafka_consumer_connection_count{my})", "consumers")
        .fromZero()
        .wide(6);
  }
}
