package io.fieldmark.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Verdict;
import io.fieldmark.metrics.FeedbackMetrics;
import io.fieldmark.quality.FeedbackBook;
import io.fieldmark.quality.Quality;
import io.fieldmark.quality.Share;
import io.fieldmark.quality.Window;
import io.fieldmark.testing.MutableClock;
import io.fieldmark.testing.Requests;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedbackTallyTest {
  private static final String MODEL = Requests.MODEL.reference().name();

  private final MutableClock clock = new MutableClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private List<ModelDescription> models = List.of(Requests.MODEL);
  private final FeedbackTally tally =
      new FeedbackTally(
          new FeedbackBook(10),
          () -> models,
          new FeedbackMetrics(registry, Quality.of(List.of(), Set.of(), clock.instant())),
          clock);

  private void hear(String model, String predicted, boolean correct, boolean live) {
    tally.heard(
        new Feedback(
            RequestId.next(clock.instant()),
            new ModelReference(model, "1"),
            predicted,
            0.9,
            Verdict.IDENTIFIED,
            correct,
            Optional.empty(),
            clock.instant()),
        live);
  }

  private Share lastHour() {
    return tally.of(MODEL).orElseThrow().accuracy().get(Window.HOUR);
  }

  private String counted(String label, String verdict) {
    String series =
        "fieldmark_feedback_total{label=\"%s\",verdict=\"%s\"} ".formatted(label, verdict);
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()))
        .findFirst()
        .orElse("absent");
  }

  @Test
  void aModelIsJudgedByWhatIsSaidOfItsOwnAnswers() {
    hear(MODEL, "cat", true, true);
    hear(MODEL, "cat", false, true);
    hear("another", "cat", false, true);
    assertThat(lastHour()).isEqualTo(new Share(1, 2));
    assertThat(tally.of("another")).isEmpty();
  }

  @Test
  void whatIsAskedAgainAtOnceIsNotReckonedAgain() {
    hear(MODEL, "cat", true, true);
    assertThat(lastHour()).isEqualTo(new Share(1, 1));
    hear(MODEL, "cat", true, true);
    assertThat(lastHour()).isEqualTo(new Share(1, 1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(lastHour()).isEqualTo(new Share(2, 2));
  }

  @Test
  void whatWasSaidBeforeTheStartIsReckonedWithAndCountedNoMore() {
    tally.refresh();
    hear(MODEL, "cat", true, false);
    assertThat(lastHour()).isEqualTo(new Share(1, 1));
    assertThat(counted("cat", "correct")).isEqualTo("0.0");
    hear(MODEL, "cat", true, true);
    assertThat(counted("cat", "correct")).isEqualTo("1.0");
  }

  @Test
  void labelsThatNoModelKnowsAreCountedAsOther() {
    for (int i = 0; i < 100; i++) {
      hear(MODEL, "unicorn-" + i, false, true);
    }
    assertThat(counted("other", "wrong")).isEqualTo("100.0");
    assertThat(registry.scrape()).doesNotContain("unicorn");
  }

  @Test
  void labelsAreRememberedWhileNoModelAnswers() {
    tally.refresh();
    models = List.of();
    hear(MODEL, "cat", true, true);
    assertThat(counted("cat", "correct")).isEqualTo("1.0");
    assertThat(tally.of(MODEL)).isEmpty();
  }
}
