package io.fieldmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.domain.Verdict;
import io.fieldmark.testing.Requests;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PipelineMetrics metrics = new PipelineMetrics(registry);

  private static Prediction prediction(double confidence, Verdict verdict) {
    return new Prediction(
        RequestId.next(Instant.EPOCH),
        Requests.MODEL.reference(),
        List.of(new Classification("cat", confidence)),
        verdict,
        new ImageHeader(ImageFormat.JPEG, 1, 1),
        StageTimings.NONE.with(Stage.RECEIVE, 1_000_000).with(Stage.INFER, 2_000_000),
        Instant.EPOCH);
  }

  private String line(String begin) {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .orElse("absent");
  }

  @Test
  void everySeriesIsThereAtZeroBeforeAnythingHappens() {
    metrics.registerIngestion(reason -> 400);
    metrics.registerInference(List.of("cat", "dog"));
    assertThat(line("fieldmark_requests_total{outcome=\"ok\",reason=\"none\"")).endsWith(" 0.0");
    for (RejectionReason reason : RejectionReason.values()) {
      assertThat(line("fieldmark_rejected_total{code=\"400\",reason=\"" + reason.wireName()))
          .endsWith(" 0.0");
    }
    assertThat(line("fieldmark_predictions_total{confidence_band=\"0.8-1.0\",label=\"dog\"}"))
        .endsWith(" 0.0");
    assertThat(line("fieldmark_predictions_total{confidence_band=\"0.0-0.2\",label=\"unknown\"}"))
        .endsWith(" 0.0");
    for (Stage stage : Stage.values()) {
      assertThat(line("fieldmark_stage_duration_seconds_count{stage=\"" + stage.wireName()))
          .endsWith(" 0");
    }
  }

  @Test
  void aPhotoThatIsAnsweredLaterIsNoError() {
    metrics.registerIngestion(reason -> 400);
    String accepted = "fieldmark_requests_total{outcome=\"accepted\",reason=\"none\"";
    assertThat(line(accepted)).endsWith(" 0.0");
    metrics.requestAccepted(5_000_000);
    assertThat(line(accepted)).endsWith(" 1.0");
    assertThat(line("fieldmark_requests_total{outcome=\"ok\"")).endsWith(" 0.0");
    assertThat(line("fieldmark_request_duration_seconds_count{outcome=\"accepted\""))
        .endsWith(" 1");
  }

  @Test
  void theLatestConfidenceIsAPercentageAndAbsentBeforeTheFirstAnswer() {
    assertThat(line("latest_confidence_score")).isEqualTo("absent");
    metrics.predicted(prediction(0.97, Verdict.IDENTIFIED));
    metrics.predicted(prediction(0.42, Verdict.NOT_SURE));
    assertThat(line("latest_confidence_score")).isEqualTo("latest_confidence_score 42.0");
  }

  @Test
  void eachConfidenceFallsIntoItsOwnBucket() {
    metrics.registerInference(List.of("cat"));
    assertThat(line("fieldmark_confidence_bucket{le=\"0.5\"}")).endsWith(" 0");
    metrics.predicted(prediction(0.42, Verdict.NOT_SURE));
    metrics.predicted(prediction(0.97, Verdict.IDENTIFIED));
    assertThat(line("fieldmark_confidence_bucket{le=\"0.4\"}")).endsWith(" 0");
    assertThat(line("fieldmark_confidence_bucket{le=\"0.5\"}")).endsWith(" 1");
    assertThat(line("fieldmark_confidence_bucket{le=\"0.9\"}")).endsWith(" 1");
    assertThat(line("fieldmark_confidence_bucket{le=\"1.0\"}")).endsWith(" 2");
    assertThat(line("fieldmark_confidence_count")).endsWith(" 2");
  }

  @Test
  void whatIsNotIdentifiedCountsAsUnknown() {
    metrics.predicted(prediction(1.0, Verdict.IDENTIFIED));
    metrics.predicted(prediction(0.42, Verdict.NOT_SURE));
    assertThat(line("fieldmark_predictions_total{confidence_band=\"0.8-1.0\",label=\"cat\"}"))
        .endsWith(" 1.0");
    assertThat(line("fieldmark_predictions_total{confidence_band=\"0.4-0.6\",label=\"unknown\"}"))
        .endsWith(" 1.0");
    assertThat(line("fieldmark_verdicts_total{verdict=\"not_sure\"}")).endsWith(" 1.0");
  }

  @Test
  void aRefusalIsCountedWithItsReasonAndCode() {
    metrics.requestFinished(Optional.of(RejectionReason.UNDECODABLE), 422, 5_000_000);
    assertThat(line("fieldmark_rejected_total{code=\"422\",reason=\"undecodable\"}"))
        .endsWith(" 1.0");
    assertThat(line("fieldmark_requests_total{outcome=\"client_error\",reason=\"undecodable\""))
        .endsWith(" 1.0");
    assertThat(
            line(
                "fieldmark_request_duration_seconds_bucket{outcome=\"client_error\",source=\"http\",le=\"0.005\""))
        .endsWith(" 1");
  }

  @Test
  void receivingIsCountedByTheSideThatReceivesOnly() {
    metrics.predicted(prediction(0.9, Verdict.IDENTIFIED));
    assertThat(line("fieldmark_stage_duration_seconds_count{stage=\"receive\"}"))
        .isEqualTo("absent");
    assertThat(line("fieldmark_stage_duration_seconds_count{stage=\"infer\"}")).endsWith(" 1");
  }
}
