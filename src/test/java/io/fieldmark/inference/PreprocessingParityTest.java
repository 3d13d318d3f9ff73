package io.fieldmark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.fieldmark.domain.ImageHeader;
import io.fieldmark.testing.ModelCopy;
import io.fieldmark.testing.ModelUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service sees what the training saw: for drawn images of every format and orientation, its own
 * decoding and forward pass give the logits that the training scripts computed.
 */
class PreprocessingParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/parity");

  /**
   * Logits range over some twenty units. In fp32 processors differ in the last digits only, so that
   * this is what finds a wrong crop or resize (0.2 and more).
   */
  private static final double FP32_TOLERANCE = 0.05;

  /** In int8 processors round differently. */
  private static final double INT8_TOLERANCE = 0.6;

  @TempDir private static Path portable;
  private static ModelUnderTest preferred;
  private static ModelUnderTest fp32;

  @BeforeAll
  static void load() throws IOException {
    preferred = ModelUnderTest.load();
    ModelCopy copy = ModelCopy.into(portable);
    copy.change("model.properties", "model.file=model.pt", "model.file=model-fp32.pt");
    copy.change("model.properties", "model.precision=int8", "model.precision=fp32");
    fp32 = ModelUnderTest.load(portable);
  }

  @AfterAll
  static void close() {
    preferred.close();
    fp32.close();
  }

  private static JsonObject expected() throws IOException {
    return new JsonObject(Files.readString(FOLDER.resolve("expected.json")));
  }

  static Stream<String> images() throws IOException {
    return expected().fieldNames().stream();
  }

  @ParameterizedTest
  @MethodSource("images")
  void theHeaderIsRead(String name) throws IOException {
    JsonObject reference = expected().getJsonObject(name);
    ImageHeader header = preferred.admitted(bytes(name)).header();
    assertThat(header.width()).isEqualTo(reference.getInteger("width"));
    assertThat(header.height()).isEqualTo(reference.getInteger("height"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void theLogitsAreThoseOfTheTraining(String name) throws IOException {
    requireLogits(fp32, name, FP32_TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("images")
  void theNetworkInUseAgreesOnTheAnswer(String name) throws IOException {
    float[] logits = requireLogits(preferred, name, INT8_TOLERANCE);
    assertThat(new AnswerWriter(preferred.description()).classifications(logits, 1).get(0).label())
        .isEqualTo(expected().getJsonObject(name).getString("label"));
  }

  private static float[] requireLogits(ModelUnderTest model, String name, double tolerance)
      throws IOException {
    float[] logits = model.logits(bytes(name));
    JsonArray wanted =
        expected().getJsonObject(name).getJsonArray("logits_" + model.description().precision());
    assertThat(logits).hasSize(wanted.size());
    for (int i = 0; i < logits.length; i++) {
      assertThat((double) logits[i])
          .as("logit of %s", model.description().labels().get(i))
          .isCloseTo(wanted.getDouble(i), offset(tolerance));
    }
    return logits;
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }
}
