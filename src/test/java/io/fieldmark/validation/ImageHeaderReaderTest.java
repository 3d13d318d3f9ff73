package io.fieldmark.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.testing.DrawnImage;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderReaderTest {
  private static final int WIDTH = 301;
  private static final int HEIGHT = 203;

  private static Optional<ImageHeader> read(byte[] file) {
    Bytes bytes = new Bytes(file);
    return ImageHeaderReader.format(bytes).flatMap(f -> ImageHeaderReader.read(f, bytes));
  }

  private static byte[] drawn(ImageFormat format) {
    return format == ImageFormat.WEBP
        ? DrawnImage.webp(WIDTH, HEIGHT)
        : DrawnImage.encode(
            DrawnImage.quarters(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), format.wireName());
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void readsFormatAndSize(ImageFormat format) {
    assertThat(read(drawn(format))).contains(new ImageHeader(format, WIDTH, HEIGHT));
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void neverThrowsWhereverTheFileBreaksOff(ImageFormat format) {
    byte[] whole = drawn(format);
    for (int length = 0; length < Math.min(whole.length, 1000); length++) {
      Optional<ImageHeader> header = read(Arrays.copyOf(whole, length));
      assertThat(header.map(h -> h.width()).orElse(WIDTH)).isEqualTo(WIDTH);
    }
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void neverThrowsWhateverBytesFollowTheSignature(ImageFormat format) {
    byte[] whole = drawn(format);
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] broken = whole.clone();
      for (int i = 0; i < 8; i++) {
        broken[random.nextInt(Math.min(whole.length, 64))] = (byte) random.nextInt();
      }
      read(broken).ifPresent(header -> assertThat(header.pixels()).isNotNegative());
    }
  }

  @Test
  void stepsOverAThumbnailInAJpegsSegments() {
    byte[] photo = DrawnImage.jpeg(640, 480);
    byte[] thumbnail = DrawnImage.jpeg(160, 120);
    byte[] withThumbnail = new byte[photo.length + thumbnail.length + 4];
    int length = thumbnail.length + 2;
    System.arraycopy(photo, 0, withThumbnail, 0, 2);
    byte[] segment = {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length};
    System.arraycopy(segment, 0, withThumbnail, 2, 4);
    System.arraycopy(thumbnail, 0, withThumbnail, 6, thumbnail.length);
    System.arraycopy(photo, 2, withThumbnail, 6 + thumbnail.length, photo.length - 2);
    assertThat(read(withThumbnail)).contains(new ImageHeader(ImageFormat.JPEG, 640, 480));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x02, 0xBF, 0xC8, 0xD8, 0xD9, 0xDA, 0xDE, 0xF0})
  void doesNotStepOverWhatADecoderWouldNotStepOver(int marker) {
    byte[] large = DrawnImage.jpeg(640, 480);
    byte[] small = DrawnImage.jpeg(16, 16);
    byte[] nested = new byte[4 + large.length + small.length - 2];
    int length = large.length;
    byte[] begin = {
      (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length
    };
    System.arraycopy(begin, 0, nested, 0, 6);
    System.arraycopy(large, 2, nested, 6, large.length - 2);
    System.arraycopy(small, 2, nested, 4 + large.length, small.length - 2);
    assertThat(read(nested)).isEmpty();
  }

  /** Sizes in the headers of files that nobody would want to decode. */
  static Stream<Arguments> bombs() {
    return Stream.of(
        Arguments.of("a GIF of 65535 × 65535", "474946383961ffffffff", 65_535, 65_535),
        Arguments.of(
            "a PNG of 2³¹ and more",
            "89504e470d0a1a0a0000000d49484452" + "ffffffff" + "7fffffff",
            Integer.MAX_VALUE,
            Integer.MAX_VALUE),
        Arguments.of(
            "a WebP with the largest canvas",
            "52494646000000005745425056503858"
                + "0a000000"
                + "00000000"
                + "ffffff"
                + "ffffff"
                + "00",
            1 << 24,
            1 << 24),
        Arguments.of(
            "a lossless WebP of 16384 × 16384",
            "5249464600000000574542505650384c" + "0a000000" + "2f" + "ffffff0f" + "0000000000",
            16_384,
            16_384),
        Arguments.of(
            "a BMP stored from the top down",
            "424d" + "00".repeat(12) + "28000000" + "00100000" + "00f0ffff",
            4_096,
            4_096));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void tellsTheSizeOf(String what, String hex, int width, int height) {
    ImageHeader header = read(HexFormat.of().parseHex(hex)).orElseThrow();
    assertThat(header.width()).isEqualTo(width);
    assertThat(header.height()).isEqualTo(height);
  }

  @Test
  void takesTextForWhatItIs() {
    for (String text :
        new String[] {"", "BM, wrote the Board of Management of the zoo to us.", "%PDF-1.7"}) {
      Bytes bytes = new Bytes(text.getBytes(StandardCharsets.UTF_8));
      assertThat(ImageHeaderReader.format(bytes)).as(text).isEmpty();
    }
  }
}
