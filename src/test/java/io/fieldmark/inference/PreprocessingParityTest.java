package io.fieldmark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.fieldmark.domain.ImageHeader;
import io.fieldmark.testing.ModelUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service sees what the training saw: for drawn images of every format and orientation, its own
 * decoding and forward pass give the logits that the training scripts computed.
 */
class PreprocessingParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/parity");

  /** Logits range over some twenty units; decoders and kernels may differ by rounding only. */
  private static final double TOLERANCE = 0.5;

  private static ModelUnderTest model;

  @BeforeAll
  static void load() {
    model = ModelUnderTest.load();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static JsonObject expected() throws IOException {
    return new JsonObject(Files.readString(FOLDER.resolve("expected.json")));
  }

  static Stream<String> images() throws IOException {
    return expected().fieldNames().stream();
  }

  @ParameterizedTest
  @MethodSource("images")
  void givesTheLogitsOfTheTraining(String name) throws IOException {
    JsonObject reference = expected().getJsonObject(name);
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
    ImageHeader header = model.admitted(bytes).header();
    assertThat(header.width()).isEqualTo(reference.getInteger("width"));
    assertThat(header.height()).isEqualTo(reference.getInteger("height"));
    float[] logits = model.logits(bytes);
    JsonArray wanted = reference.getJsonArray("logits_" + model.description().precision());
    for (int i = 0; i < logits.length; i++) {
      assertThat((double) logits[i])
          .as("logit of %s", model.description().labels().get(i))
          .isCloseTo(wanted.getDouble(i), offset(TOLERANCE));
    }
    assertThat(new AnswerWriter(model.description()).classifications(logits, 1).get(0).label())
        .isEqualTo(reference.getString("label"));
  }
}
