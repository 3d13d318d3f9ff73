package io.fieldmark.inference.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.fieldmark.inference.Classifier;
import io.fieldmark.inference.PixelBatch;
import io.fieldmark.testing.ModelCopy;
import io.fieldmark.testing.ModelUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchModelTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startEngine() {
    TorchRuntime.start(1);
  }

  private ModelCopy copy;

  @BeforeEach
  void copyModel() throws IOException {
    copy = ModelCopy.into(folder);
  }

  private static PixelBatch noise(int images) {
    PixelBatch pixels = new PixelBatch(images, 224, 224);
    ByteBuffer all = pixels.first(images);
    byte[] bytes = new byte[all.remaining()];
    new Random(1).nextBytes(bytes);
    all.put(bytes);
    return pixels;
  }

  @Test
  void answersDoNotDependOnTheBatchThatAnImageIsIn() {
    try (TorchModel model = TorchModel.load(ModelFolder.open(ModelUnderTest.EMBEDDED));
        Classifier classifier = model.newClassifier()) {
      PixelBatch pixels = noise(8);
      float[] alone = classifier.logits(pixels, 1)[0];
      for (int count = 2; count <= 8; count++) {
        float[][] together = classifier.logits(pixels, count);
        assertThat(together).hasNumberOfRows(count);
        assertThat(together[0]).as("in a batch of %d", count).containsExactly(alone, offset(0.05f));
      }
    }
  }

  @Test
  void theDescriptionIsThatOfTheNetworkInUse() {
    try (TorchModel model = TorchModel.load(ModelFolder.open(ModelUnderTest.EMBEDDED))) {
      assertThat(model.description().labels()).hasSize(19).contains("tiger", "panda").isSorted();
      assertThat(model.description().sha256()).hasSize(64);
      assertThat(model.description().accuracy()).containsKeys("test", "elsewhere");
    }
  }

  @Test
  void aNetworkThatComputesWronglyHereIsReplacedByThePortableOne() throws Exception {
    negate("features_int8");
    try (TorchModel model = TorchModel.load(ModelFolder.open(folder))) {
      assertThat(model.description().precision()).isEqualTo("fp32");
    }
  }

  @Test
  void whenNoNetworkComputesRightlyNothingIsServed() throws Exception {
    negate("features_int8");
    negate("features_fp32");
    assertThatThrownBy(() -> TorchModel.load(ModelFolder.open(folder)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContainingAll("model.pt", "model-fp32.pt");
  }

  /** Flips the sign of every second number that is stored for the self-check. */
  private void negate(String tensor) throws Exception {
    Path file = folder.resolve(ModelFolder.SELF_CHECK);
    byte[] bytes = Files.readAllBytes(file);
    int headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    JsonObject header = new JsonObject(new String(bytes, 8, headerLength, StandardCharsets.UTF_8));
    JsonArray offsets = header.getJsonObject(tensor).getJsonArray("data_offsets");
    int begin = 8 + headerLength + offsets.getInteger(0);
    int end = 8 + headerLength + offsets.getInteger(1);
    for (int highByte = begin + 3; highByte < end; highByte += 8) {
      bytes[highByte] ^= (byte) 0x80;
    }
    Files.write(file, bytes);
    copy.sign(ModelFolder.SELF_CHECK);
  }

  @Test
  void aFlippedBitIsNoticed() throws IOException {
    Path network = folder.resolve("model.pt");
    byte[] bytes = Files.readAllBytes(network);
    bytes[bytes.length / 2] ^= 1;
    Files.write(network, bytes);
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.pt is damaged or was changed");
  }

  @Test
  void labelsThatDoNotFitTheHeadAreNoticed() throws Exception {
    copy.change("synset.txt", "tiger\n", "");
    assertThatThrownBy(() -> TorchModel.load(ModelFolder.open(folder)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("18 labels");
  }

  @Test
  void aMissingSettingIsNamed() throws Exception {
    copy.change("model.properties", "verdict.score=", "verdict.skore=");
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .hasMessageContaining("verdict.score is missing");
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThatThrownBy(() -> ModelFolder.open(folder.resolve("nowhere")))
        .hasMessageContaining("nowhere");
  }
}
