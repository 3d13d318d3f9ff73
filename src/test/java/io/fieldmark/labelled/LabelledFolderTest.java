package io.fieldmark.labelled;

import static io.fieldmark.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.config.LabelledConfig;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Verdict;
import io.fieldmark.testing.MutableClock;
import io.fieldmark.transport.LabelledPhotos.Keeping;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFolderTest {
  private static final int PHOTO_BYTES = 5_000;
  private static final long BOUND = 4 * 8192;

  @TempDir private Path temporary;
  private final Vertx vertx = Vertx.vertx();
  private final RecentPhotos recent =
      new RecentPhotos(1 << 20, Duration.ofMinutes(10), new MutableClock());
  private Path root;
  private LabelledFolder folder;

  @BeforeEach
  void open() throws Exception {
    root = temporary.resolve("photos");
    folder = open(root);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private LabelledFolder open(Path where) throws Exception {
    return await(
        LabelledFolder.open(
            vertx, new LabelledConfig(true, where, BOUND, 1 << 20), recent, this::picture));
  }

  /** The last byte is not the picture's; a photo that begins with 0 has none. */
  private Optional<byte[]> picture(ImageFormat format, byte[] image) {
    return image[0] == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(image, image.length - 1));
  }

  private RequestId answered() {
    return answered(1);
  }

  private RequestId answered(int first) {
    RequestId id = RequestId.next(Instant.now());
    byte[] bytes = new byte[PHOTO_BYTES];
    bytes[0] = (byte) first;
    recent.add(id, new ImageFile(bytes, new ImageHeader(ImageFormat.JPEG, 4, 4)));
    return id;
  }

  private Keeping keep(RequestId id, String label) throws Exception {
    return await(folder.keep(said(id, label), label));
  }

  private static Feedback said(RequestId id, String label) {
    return new Feedback(
        id,
        new ModelReference("test", "1"),
        "cat",
        0.9,
        Verdict.IDENTIFIED,
        false,
        Optional.of(label),
        Instant.now());
  }

  private Path file(RequestId id, String label) {
    return root.resolve(label).resolve(id + ".jpg");
  }

  @Test
  void aPhotoIsKeptWithItsLabelAndNothingButThePicture() throws Exception {
    RequestId id = answered();
    assertThat(keep(id, "lion")).isEqualTo(Keeping.KEPT);
    assertThat(file(id, "lion")).hasSize(PHOTO_BYTES - 1);
    assertThat(folder.bytes()).isEqualTo(8192);
  }

  @Test
  void theLastLabelHoldsAlsoWhenThePhotoIsNoLongerRemembered() throws Exception {
    RequestId id = answered();
    keep(id, "lion");
    folder = open(root);
    recent.add(
        Kept.id(), new ImageFile(new byte[1 << 20], new ImageHeader(ImageFormat.JPEG, 4, 4)));
    assertThat(recent.find(id)).isEmpty();
    assertThat(keep(id, "tiger")).isEqualTo(Keeping.KEPT);
    assertThat(keep(id, "tiger")).isEqualTo(Keeping.KEPT);
    assertThat(Kept.files(root)).containsExactly("tiger", "tiger/%s.jpg".formatted(id));
    assertThat(folder.bytes()).isEqualTo(8192);
  }

  @Test
  void aPhotoThatIsNowhereIsGone() throws Exception {
    assertThat(keep(Kept.id(), "lion")).isEqualTo(Keeping.GONE);
    assertThat(Kept.files(root)).isEmpty();
  }

  @Test
  void whatIsForgottenIsNoLongerThereAndCanBeKeptAgain() throws Exception {
    RequestId id = answered();
    keep(id, "lion");
    assertThat(await(folder.forget(id))).isTrue();
    assertThat(await(folder.forget(id))).isTrue();
    assertThat(Kept.files(root)).isEmpty();
    assertThat(keep(id, "lion")).isEqualTo(Keeping.KEPT);
  }

  @Test
  void theOldestGoWhenThereIsNoMoreRoomAlsoAfterARestart() throws Exception {
    List<RequestId> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(answered());
      assertThat(keep(ids.get(i), "lion")).isEqualTo(Keeping.KEPT);
      // Within a few milliseconds, a disk tells no times apart.
      Files.setLastModifiedTime(file(ids.get(i), "lion"), FileTime.fromMillis(1_000L * i));
    }
    assertThat(folder.bytes()).isEqualTo(BOUND).isEqualTo(folder.bound());
    folder = open(root);
    ids.add(answered());
    keep(ids.get(6), "lion");
    for (int i = 0; i < 7; i++) {
      assertThat(Files.exists(file(ids.get(i), "lion"))).as("photo %d", i).isEqualTo(i >= 3);
    }
  }

  @Test
  void aFileInThePlaceOfALabelFailsThatLabelOnly() throws Exception {
    Files.writeString(root.resolve("lion"), "in the way");
    RequestId id = answered();
    assertThat(keep(id, "lion")).isEqualTo(Keeping.FAILED);
    assertThat(keep(id, "tiger")).isEqualTo(Keeping.KEPT);
    assertThat(file(id, "tiger")).exists();
    assertThat(await(folder.forget(id))).isTrue();
    assertThat(Kept.files(root)).containsExactly("lion");
  }

  @Test
  void aPhotoDoesNotStayUnderALabelThatIsSaidToBeWrong() throws Exception {
    Files.writeString(root.resolve("lion"), "in the way");
    for (String label : List.of("lion", "x".repeat(201))) {
      RequestId id = answered();
      keep(id, "tiger");
      assertThat(keep(id, label)).isEqualTo(Keeping.FAILED);
      assertThat(Kept.files(root)).containsExactly("lion");
      assertThat(folder.bytes()).isZero();
    }
  }

  @Test
  void whatIsNoFolderAnyMoreFailsUntilItIsMended() throws Exception {
    RequestId id = answered();
    Files.delete(root);
    Files.writeString(root, "in the way");
    assertThat(keep(id, "lion")).isEqualTo(Keeping.FAILED);
    Files.delete(root);
    Files.createDirectory(root);
    assertThat(keep(id, "lion")).isEqualTo(Keeping.KEPT);
  }

  @Test
  void aPhotoThatCannotBeStrippedIsNotKept() throws Exception {
    assertThat(keep(answered(0), "lion")).isEqualTo(Keeping.FAILED);
    assertThat(Kept.files(root)).isEmpty();
  }

  @Test
  void aLabelWithTooLongANameIsNotKept() throws Exception {
    assertThat(keep(answered(), "熊".repeat(64))).isEqualTo(Keeping.FAILED);
    assertThat(Kept.files(root)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsSaidAtTheStart() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");
    assertThatThrownBy(() -> open(file))
        .hasCauseInstanceOf(UnusableFolder.class)
        .hasMessageContaining("no photo can be kept in feedback.folder, " + file);
  }
}
