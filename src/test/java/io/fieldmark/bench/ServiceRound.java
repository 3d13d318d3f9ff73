package io.fieldmark.bench;

/**
 * What one load on the service gave.
 *
 * @param cpuMillis of the service, for each request
 * @param brokerMillis CPU time of the broker for each request, where there is one
 * @param generatorShare of the machine, 0 to 1
 * @param othersShare of the machine that neither the service nor its broker nor the load generator
 *     took
 * @param metrics what the load added to them
 */
record ServiceRound(
    double requestsPerSecond,
    double cpuMillis,
    double brokerMillis,
    double p50Millis,
    double p99Millis,
    double generatorShare,
    double othersShare,
    PrometheusText metrics) {
  private static final String STAGE = "fieldmark_stage_duration_seconds";
  private static final String BATCH = "fieldmark_batch_size";

  double stageMillis(String stage) {
    return 1000 * metrics.mean(STAGE, "{stage=\"%s\"}".formatted(stage));
  }

  double imagesPerBatch() {
    return metrics.mean(BATCH, "");
  }

  /** Share of the batches that have more than {@code above} and at most {@code most} images. */
  double batchShare(int above, int most) {
    double below = above == 0 ? 0 : atMost(above);
    return (atMost(most) - below) / metrics.value(BATCH + "_count");
  }

  private double atMost(int images) {
    return metrics.value(BATCH + "_bucket{le=\"%d.0\"}".formatted(images));
  }
}
