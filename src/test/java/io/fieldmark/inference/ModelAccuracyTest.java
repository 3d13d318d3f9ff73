package io.fieldmark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.Verdict;
import io.fieldmark.testing.ModelUnderTest;
import io.fieldmark.testing.Photos;
import io.fieldmark.testing.Photos.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How well the model does on real photos, through the service's own validation, decoding and
 * forward pass; the folder's name says what a photo shows. What the model's description claims must
 * be true.
 */
class ModelAccuracyTest {
  private static final double LEAST_TEST = 0.96;
  private static final double LEAST_ELSEWHERE = 0.93;
  private static final double LARGEST_CALIBRATION_ERROR = 0.03;
  private static final int BINS = 15;

  /** Of what the description claims, for the rounding of other processors. */
  private static final double SLACK = 0.005;

  private static ModelUnderTest model;
  private static ModelDescription description;

  @BeforeAll
  static void load() {
    model = ModelUnderTest.load();
    description = model.description();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** One photo's answer. */
  private record Answer(boolean right, double confidence, Verdict verdict) {}

  private static List<Answer> answers(String set) {
    List<Answer> answers = new ArrayList<>();
    for (Photo photo : Photos.of(set)) {
      float[] logits = model.logits(photo.bytes());
      AnswerWriter writer = new AnswerWriter(description);
      Classification best = writer.classifications(logits, 1).get(0);
      answers.add(
          new Answer(
              best.label().equals(photo.folder()), best.confidence(), writer.verdict(logits)));
    }
    return answers;
  }

  private static double accuracy(List<Answer> answers) {
    return answers.stream().mapToInt(answer -> answer.right() ? 1 : 0).average().orElseThrow();
  }

  private static double refused(List<Answer> answers) {
    return answers.stream()
        .mapToInt(answer -> answer.verdict().equals(Verdict.NOT_SURE) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** Σ share of bin × |accuracy − mean confidence| over equal bins of confidence. */
  private static double calibrationError(List<Answer> answers) {
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      int number = bin;
      List<Answer> inBin =
          answers.stream()
              .filter(a -> Math.min(BINS - 1, (int) (a.confidence() * BINS)) == number)
              .toList();
      if (!inBin.isEmpty()) {
        double confidence = inBin.stream().mapToDouble(Answer::confidence).average().orElseThrow();
        error += inBin.size() * Math.abs(accuracy(inBin) - confidence);
      }
    }
    return error / answers.size();
  }

  private static void report(String what, double share) {
    System.out.println(String.format(Locale.ROOT, "accuracy | %-34s | %.4f", what, share));
  }

  private static void requireClaim(String set, double measured) {
    Map<String, Double> claims = description.accuracy();
    assertThat(measured).as("accuracy." + set).isGreaterThanOrEqualTo(claims.get(set) - SLACK);
  }

  @Test
  void recognisesAnimalsOfTheTestSet() {
    List<Answer> answers = answers("test");
    report("test, right", accuracy(answers));
    report("test, calibration error", calibrationError(answers));
    report("test, refused", refused(answers));
    assertThat(accuracy(answers)).isGreaterThanOrEqualTo(LEAST_TEST);
    assertThat(calibrationError(answers)).isLessThanOrEqualTo(LARGEST_CALIBRATION_ERROR);
    requireClaim("test", accuracy(answers));
  }

  @Test
  void recognisesAnimalsFromElsewhere() {
    List<Answer> answers = answers("elsewhere");
    report("elsewhere, right", accuracy(answers));
    report("elsewhere, refused", refused(answers));
    assertThat(accuracy(answers)).isGreaterThanOrEqualTo(LEAST_ELSEWHERE);
    requireClaim("elsewhere", accuracy(answers));
  }

  @Test
  void isSureOfNineteenInTwentyRightAnswers() {
    List<Answer> right = answers("val").stream().filter(Answer::right).toList();
    report("val, right answers that are kept", 1 - refused(right));
    assertThat(1 - refused(right)).isBetween(0.94, 0.96);
  }

  @Test
  void isNotSureOfWhatItHasNeverSeen() {
    double animals = refused(answers("other-animals"));
    double objects = refused(answers("not-an-animal"));
    report("other animals, refused", animals);
    report("not an animal, refused", objects);
    assertThat(animals).isGreaterThan(0.82);
    assertThat(objects).isGreaterThan(0.91);
  }
}
