package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.testing.DrawnImage;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files are drawn, and have a text in every place where cameras and programs leave one. */
class PhotoFileTest {
  private static final class Sample {
    private final String name;
    private final ImageFormat format;
    private final byte[] file;

    Sample(String name, ImageFormat format, byte[] file) {
      this.name = name;
      this.format = format;
      this.file = file;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] drawing(String format) {
    return DrawnImage.encode(DrawnImage.quarters(40, 24, BufferedImage.TYPE_INT_RGB), format);
  }

  private static Stream<Sample> files() {
    Stream<Sample> turned =
        IntStream.rangeClosed(1, 8)
            .boxed()
            .flatMap(
                way ->
                    Stream.of(
                        new Sample(
                            "jpeg " + way, ImageFormat.JPEG, Told.jpeg(way, ByteOrder.BIG_ENDIAN)),
                        new Sample(
                            "little endian jpeg " + way,
                            ImageFormat.JPEG,
                            Told.jpeg(way, ByteOrder.LITTLE_ENDIAN)),
                        new Sample("png " + way, ImageFormat.PNG, Told.png(way)),
                        new Sample("webp " + way, ImageFormat.WEBP, Told.webp(way))));
    return Stream.concat(
        turned,
        Stream.of(
            new Sample("gif", ImageFormat.GIF, Told.gif(drawing("gif"))),
            new Sample("bmp", ImageFormat.BMP, Told.bmp(drawing("bmp")))));
  }

  private static byte[] alone(Sample sample) {
    return PhotoFile.withoutMetadata(sample.format, sample.file).orElseThrow();
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingOfWhatWasWrittenBesideThePictureIsLeft(Sample sample) {
    assertThat(text(sample.file)).contains(Told.SECRET);
    assertThat(text(alone(sample))).doesNotContain(Told.SECRET, "Adobe", "adobe", "XMP", "ICC");
  }

  @ParameterizedTest
  @MethodSource("files")
  void thePictureIsTheSame(Sample sample) {
    assertThat(Pixels.of(alone(sample))).isEqualTo(Pixels.of(sample.file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsAloneStaysAsItIs(Sample sample) {
    byte[] once = alone(sample);
    assertThat(PhotoFile.withoutMetadata(sample.format, once)).hasValue(once);
    assertThat(once.length).isLessThan(sample.file.length + 64);
  }

  @Test
  void turnedPicturesWereTurned() {
    byte[] upright = Told.jpeg(1, ByteOrder.BIG_ENDIAN);
    byte[] turned = Told.jpeg(6, ByteOrder.BIG_ENDIAN);
    assertThat(Pixels.of(turned)).isNotEqualTo(Pixels.of(upright));
    assertThat(text(alone(new Sample("", ImageFormat.JPEG, turned)))).contains("Exif");
    assertThat(text(alone(new Sample("", ImageFormat.JPEG, upright)))).doesNotContain("Exif");
  }

  /** Whatever is cut off or damaged: an answer, no more bytes than before, and none of the text. */
  @ParameterizedTest
  @MethodSource("files")
  void whatIsDamagedIsRefusedOrAlone(Sample sample) {
    Random random = new Random(7);
    for (int length = 0; length < sample.file.length; length++) {
      check(sample, Arrays.copyOf(sample.file, length));
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = sample.file.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      check(sample, damaged);
    }
  }

  private static void check(Sample sample, byte[] file) {
    Optional<byte[]> alone = PhotoFile.withoutMetadata(sample.format, file);
    assertThat(alone.map(picture -> picture.length).orElse(0))
        .isLessThanOrEqualTo(file.length + 64);
  }
}
