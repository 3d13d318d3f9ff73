package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.client.ClientRun;
import io.fieldmark.labelled.Kept;
import io.fieldmark.labelled.UnusableFolder;
import io.fieldmark.testing.DrawnImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a mistake to a photo that can be trained with, in one process. */
class StandaloneLabelledPhotosTest {
  private static final String SECRET = "taken at home by Eve";
  private static final byte[] PHOTO = withComment(DrawnImage.jpeg(96, 64));
  private static final String LION = "{\"correct\":false,\"label\":\"lion\"}";

  @TempDir private Path temporary;
  private Path folder;
  private RunningService service;
  private ApiClient client;

  @BeforeEach
  void start() {
    folder = temporary.resolve("labelled");
    service =
        RunningService.start(
            Map.of("feedback.store_photos", "true", "feedback.folder", folder.toString()));
    client = new ApiClient(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** With Exif, and with a comment in which it says where it was taken. */
  private static byte[] withComment(byte[] jpeg) {
    byte[] exif = DrawnImage.withOrientation(jpeg, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(exif, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (SECRET.length() + 2)});
    out.writeBytes(SECRET.getBytes(ISO_8859_1));
    out.write(exif, 2, exif.length - 2);
    return out.toByteArray();
  }

  private String answered() throws Exception {
    HttpAnswer answer = client.post("/v1/predictions", Map.of(), PHOTO);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("id").asText();
  }

  private JsonNode say(String id, String opinion) throws Exception {
    HttpAnswer answer =
        client.post("/v1/predictions/%s/feedback".formatted(id), Map.of(), opinion.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private double metric(String series) {
    return service.metric("fieldmark_labelled_" + series).orElse(Double.NaN);
  }

  @Test
  void aMistakeBecomesAPhotoInTheFolderOfItsLabelUntilItIsTakenBack() throws Exception {
    assertThat(metric("photos_total{outcome=\"kept\"}")).isZero();
    String id = answered();
    assertThat(say(id, LION).path("photo").asText()).isEqualTo("kept");
    Path file = folder.resolve("lion").resolve(id + ".jpg");
    byte[] kept = Files.readAllBytes(file);
    assertThat(new String(kept, ISO_8859_1)).doesNotContain(SECRET, "Exif");
    assertThat(pixels(kept)).isEqualTo(pixels(PHOTO));
    assertThat(metric("photos_total{outcome=\"kept\"}")).isEqualTo(1);
    assertThat(metric("stored_bytes")).isEqualTo(4096);
    assertThat(metric("stored_bytes_limit")).isEqualTo(1 << 30);
    assertThat(metric("recent_bytes")).isBetween(1.0 * PHOTO.length, 2.0 * PHOTO.length);

    Path target = temporary.resolve("train");
    ClientRun export =
        ClientRun.of(
            temporary,
            "feedback.folder=%s%n".formatted(folder),
            "export-feedback",
            target.toString());
    assertThat(export.out()).containsExactly("lion\t1");
    assertThat(target.resolve("lion").resolve(id + ".jpg")).hasBinaryContent(kept);

    assertThat(client.send("DELETE", "/v1/predictions/%s/feedback".formatted(id)).status())
        .isEqualTo(204);
    assertThat(Kept.files(folder)).isEmpty();
    assertThat(metric("stored_bytes")).isZero();
  }

  private static int[] pixels(byte[] file) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void aPhotoFollowsWhatIsSaidLast() throws Exception {
    String id = answered();
    String predicted = say(id, "{\"correct\":true}").path("predicted").asText();
    assertThat(Kept.files(folder)).contains("%s/%s.jpg".formatted(predicted, id));
    say(id, "{\"correct\":false,\"label\":\"../Löwe\"}");
    assertThat(Kept.files(folder))
        .containsExactly("%2E.%2FL%C3%B6we", "%%2E.%%2FL%%C3%%B6we/%s.jpg".formatted(id));
    assertThat(say(id, "{\"correct\":false}").has("photo")).isFalse();
    assertThat(Kept.files(folder)).isEmpty();
  }

  @Test
  void aFolderThatBreaksTouchesNeitherPredictionsNorFeedback() throws Exception {
    String before = answered();
    Files.delete(folder);
    Files.writeString(folder, "no folder any more");
    assertThat(say(before, LION).path("photo").asText()).isEqualTo("failed");
    assertThat(say(answered(), LION).path("photo").asText()).isEqualTo("failed");
    assertThat(metric("photos_total{outcome=\"failed\"}")).isEqualTo(2);
    eventually(
        "feedback counts all the same",
        () -> service.metric("fieldmark_accuracy_samples{window=\"1h\"}").orElse(0) == 2);
    assertThat(service.management("/health/ready").statusCode()).isEqualTo(200);
    Files.delete(folder);
    Files.createDirectory(folder);
    assertThat(say(before, LION).path("photo").asText()).isEqualTo("kept");
  }

  @Test
  void aFolderThatCannotBeUsedIsSaidAtTheStart() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");
    Map<String, String> unusable =
        Map.of("feedback.store_photos", "true", "feedback.folder", file.toString());
    assertThat(RunningService.startFailure(unusable))
        .isInstanceOf(UnusableFolder.class)
        .hasMessageContaining("feedback.folder, " + file);
  }
}
