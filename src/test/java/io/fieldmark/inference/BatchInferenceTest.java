package io.fieldmark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Verdict;
import io.fieldmark.inference.drift.DriftWatch;
import io.fieldmark.metrics.DriftMetrics;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.MutableClock;
import io.fieldmark.testing.Requests;
import io.fieldmark.transport.BatchHandler.Queued;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchInferenceTest {
  private static final byte DAMAGED = -1;
  private static final byte SLOW = -2;
  private static final int CAPACITY = 4;

  private final MutableClock clock = new MutableClock();
  private final List<Integer> forwardPasses = new ArrayList<>();
  private final List<Byte> decoded = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BatchInference inference =
      new BatchInference(
          new FakeDecoder(),
          new FakeClassifier(),
          new PixelBatch(CAPACITY, 4, 4),
          new AnswerWriter(Requests.MODEL),
          Requests.MODEL.reference(),
          new PipelineMetrics(registry),
          DriftWatch.start(
              Optional.empty(),
              Requests.MODEL.labels(),
              Configs.with().drift(),
              new DriftMetrics(registry)),
          clock);

  /** Takes an image's first byte for the index of its label and writes it into every pixel. */
  private final class FakeDecoder implements ImageDecoder {
    @Override
    public boolean decode(ImageFile image, ByteBuffer target) {
      byte content = image.bytes()[0];
      decoded.add(content);
      if (content == SLOW) {
        clock.advance(Duration.ofSeconds(10));
      }
      byte[] pixels = new byte[target.remaining()];
      Arrays.fill(pixels, content == SLOW ? 0 : content);
      target.put(pixels);
      return content != DAMAGED;
    }

    @Override
    public void warmUp() {}
  }

  /** Is sure of the label whose index stands in the pixels. */
  private final class FakeClassifier implements Classifier {
    @Override
    public float[][] logits(PixelBatch pixels, int count) {
      forwardPasses.add(count);
      float[][] logits = new float[count][Requests.MODEL.labels().size()];
      for (int i = 0; i < count; i++) {
        logits[i][pixels.slot(i).get(0)] = 5;
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  private static Queued image(int content) {
    return queued(Requests.withImage(new byte[] {(byte) content}, Optional.empty()));
  }

  private Queued image(int content, Duration until) {
    Instant deadline = clock.instant().plus(until);
    return queued(Requests.withImage(new byte[] {(byte) content}, Optional.of(deadline)));
  }

  private static Queued queued(InferenceRequest request) {
    return new Queued(request, System.nanoTime());
  }

  private static String label(InferenceResult result) {
    return ((Prediction) result).best().label();
  }

  private static RejectionReason reason(InferenceResult result) {
    return ((Rejection) result).reason();
  }

  @Test
  void answersEachImageInItsPlaceInOneForwardPass() {
    List<InferenceResult> results = inference.handle(List.of(image(2), image(0), image(1)));
    assertThat(results).extracting(BatchInferenceTest::label).containsExactly("owl", "cat", "dog");
    assertThat(forwardPasses).containsExactly(3);
  }

  @Test
  void aDamagedImageIsRefusedAndItsBatchMatesAreAnswered() {
    List<InferenceResult> results = inference.handle(List.of(image(2), image(DAMAGED), image(1)));
    assertThat(label(results.get(0))).isEqualTo("owl");
    assertThat(reason(results.get(1))).isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(label(results.get(2))).isEqualTo("dog");
    assertThat(forwardPasses).containsExactly(2);
  }

  @Test
  void aBatchOfDamagedImagesNeedsNoForwardPass() {
    assertThat(reason(inference.handle(List.of(image(DAMAGED))).get(0)))
        .isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(forwardPasses).isEmpty();
  }

  @Test
  void whatIsExpiredIsNotEvenDecoded() {
    List<InferenceResult> results =
        inference.handle(List.of(image(2, Duration.ZERO), image(1, Duration.ofSeconds(1))));
    assertThat(reason(results.get(0))).isEqualTo(RejectionReason.DEADLINE_EXCEEDED);
    assertThat(label(results.get(1))).isEqualTo("dog");
    assertThat(decoded).containsExactly((byte) 1);
  }

  @Test
  void whatExpiresWhileOthersAreDecodedIsNotClassified() {
    List<InferenceResult> results =
        inference.handle(List.of(image(2, Duration.ofSeconds(1)), image(SLOW), image(1)));
    assertThat(reason(results.get(0))).isEqualTo(RejectionReason.DEADLINE_EXCEEDED);
    assertThat(((Rejection) results.get(0)).detail()).contains("'decode'");
    assertThat(label(results.get(1))).isEqualTo("cat");
    assertThat(label(results.get(2))).isEqualTo("dog");
    assertThat(forwardPasses).containsExactly(2);
  }

  @Test
  void theAnswerHasTheBestFirstAndNoMoreThanAskedFor() {
    Prediction prediction = (Prediction) inference.handle(List.of(image(1))).get(0);
    assertThat(prediction.classifications()).hasSize(2);
    assertThat(prediction.classifications())
        .extracting(Classification::confidence)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(prediction.verdict()).isEqualTo(Verdict.IDENTIFIED);
  }

  @Test
  void everyPictureThatIsAnsweredIsLookedAtInItsPlace() {
    inference.handle(List.of(image(2), image(DAMAGED), image(0)));
    DistributionSummary brightness = registry.get("fieldmark.input.brightness").summary();
    assertThat(brightness.count()).isEqualTo(2);
    assertThat(brightness.totalAmount()).isEqualTo(2 / 255.0);
  }

  @Test
  void theAnswerTellsWhereTheTimeWent() {
    Prediction prediction = (Prediction) inference.handle(List.of(image(1))).get(0);
    List<String> stages = new ArrayList<>();
    prediction.timings().forEach((stage, nanos) -> stages.add(stage.wireName()));
    assertThat(stages).containsExactly("queue", "decode", "batch_wait", "infer");
  }
}
