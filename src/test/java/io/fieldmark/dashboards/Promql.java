package io.fieldmark.dashboards;

/**
 * Parts of queries that many panels share. In all of them {@code {my}} and {@code {my, …}} stand
 * for the series of the chosen instances, and {@code {pod}} for those that Kubernetes tells of
 * their pods. A label that does not exist, as outside Kubernetes, matches what "All" stands for.
 */
final class Promql {
  /** What counts against the service: answers 500, 503 and 504. */
  static final String FAILED =
      "fieldmark_requests_total{my, source='http',"
          + " reason=~'internal|unavailable|deadline_exceeded'}";

  /** Requests that deserved an answer: neither the client's fault nor given up by it. */
  static final String VALID =
      "fieldmark_requests_total{my, source='http', outcome!~'client_error|cancelled'}";

  private static final String PODS = "namespace=~'$namespace', pod=~'$pod'";

  private Promql() {}

  static String expand(String expression) {
    return expression
        .replace("{my", "{" + PODS + ", instance=~'$instance'")
        .replace("{pod", "{" + PODS);
  }

  /** Per second. */
  static String rate(String series) {
    return "rate(%s[$__rate_interval])".formatted(series);
  }

  static String rateBy(String labels, String series) {
    return "sum by (%s) (%s)".formatted(labels, rate(series));
  }

  /** What has been added between two points of the graph. */
  static String increaseBy(String labels, String series) {
    return "sum by (%s) (increase(%s[$__rate_interval]))".formatted(labels, series);
  }

  /**
   * @param labels by which the buckets stay apart, empty for none
   */
  static String quantile(double quantile, String labels, String buckets) {
    String by = labels.isEmpty() ? "le" : "le, " + labels;
    return "histogram_quantile(%s, %s)".formatted(quantile, rateBy(by, buckets));
  }

  static String ratio(String part, String whole) {
    return "sum(%s) / sum(%s)".formatted(rate(part), rate(whole));
  }

  /** The share of valid requests that failed over this time. */
  static String failedShare(String range) {
    return "(sum(increase(%s[%s])) / sum(increase(%s[%s])))".formatted(FAILED, range, VALID, range);
  }

  /** How many times faster than allowed the error budget goes. */
  static String burn(String range) {
    return failedShare(range) + " / (1 - $objective)";
  }

  /**
   * Only of processes that have a model: those of the ingestion tier tell the same of all workers
   * together, which would count twice.
   */
  static String withModel(String series) {
    return "%s and on (instance) fieldmark_model_state{my, state='ready'}".formatted(series);
  }
}
