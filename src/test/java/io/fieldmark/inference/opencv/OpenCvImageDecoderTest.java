package io.fieldmark.inference.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.ModelDescription.Preprocessing;
import io.fieldmark.testing.DrawnImage;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The drawn image is red on the left, blue at the upper right and green at the lower right. */
class OpenCvImageDecoderTest {
  private static final int SIDE = 32;
  private static final OpenCvImageDecoder DECODER =
      new OpenCvImageDecoder(new Preprocessing(SIDE, SIDE, 1.0));

  private static ByteBuffer decode(byte[] bytes, ImageFormat format, int width, int height) {
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * SIDE * SIDE);
    ImageFile file = new ImageFile(bytes, new ImageHeader(format, width, height));
    assertThat(DECODER.decode(file, pixels)).as("decoded").isTrue();
    return pixels;
  }

  /** The colour in the middle of a quarter, as the letter of its strongest channel. */
  private static char colour(ByteBuffer pixels, boolean right, boolean lower) {
    int x = right ? 3 * SIDE / 4 : SIDE / 4;
    int y = lower ? 3 * SIDE / 4 : SIDE / 4;
    int[] rgb = new int[3];
    for (int c = 0; c < 3; c++) {
      rgb[c] = pixels.get(3 * (y * SIDE + x) + c) & 0xFF;
    }
    int strongest = rgb[0] > rgb[1] ? (rgb[0] > rgb[2] ? 0 : 2) : (rgb[1] > rgb[2] ? 1 : 2);
    assertThat(rgb[strongest]).as("strongest of %s", Arrays.toString(rgb)).isGreaterThan(200);
    return "RGB".charAt(strongest);
  }

  private static String colours(ByteBuffer pixels) {
    return ""
        + colour(pixels, false, false)
        + colour(pixels, true, false)
        + colour(pixels, false, true)
        + colour(pixels, true, true);
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void givesUprightRgbOfEveryFormat(ImageFormat format) {
    byte[] bytes =
        format == ImageFormat.WEBP
            ? DrawnImage.webp(128, 128)
            : DrawnImage.encode(
                DrawnImage.quarters(128, 128, BufferedImage.TYPE_INT_RGB), format.wireName());
    assertThat(colours(decode(bytes, format, 128, 128))).isEqualTo("RBRG");
  }

  /** Where the quarters come to lie when the stored image is turned as EXIF says. */
  @ParameterizedTest(name = "orientation {0}")
  @CsvSource({"1,RBRG", "2,BRGR", "3,GRBR", "4,RGRB", "5,RRBG", "6,RRGB", "7,GBRR", "8,BGRR"})
  void turnsTheImageAsExifSays(int orientation, String expected) {
    byte[] jpeg = DrawnImage.withOrientation(DrawnImage.jpeg(128, 128), orientation);
    assertThat(colours(decode(jpeg, ImageFormat.JPEG, 128, 128))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 63, 64, 100, 130, 256, 300, 1000})
  void looksTheSameAtEveryReducedSize(int side) {
    byte[] jpeg = DrawnImage.jpeg(side, side);
    assertThat(colours(decode(jpeg, ImageFormat.JPEG, side, side))).isEqualTo("RBRG");
  }

  @Test
  void cropsTheCentre() {
    assertThat(colours(decode(DrawnImage.png(256, 64), ImageFormat.PNG, 256, 64)))
        .isEqualTo("RBRG");
  }

  @Test
  void enlargesWhatIsSmaller() {
    assertThat(colours(decode(DrawnImage.png(8, 8), ImageFormat.PNG, 8, 8))).isEqualTo("RBRG");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_USHORT_565_RGB
      })
  void readsAlphaAndPalette(int type) {
    byte[] png = DrawnImage.encode(DrawnImage.quarters(128, 128, type), "png");
    assertThat(colours(decode(png, ImageFormat.PNG, 128, 128))).isEqualTo("RBRG");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY
      })
  void readsGreyOfAnyDepthAsEqualChannels(int type) {
    byte[] png = DrawnImage.encode(DrawnImage.quarters(128, 128, type), "png");
    ByteBuffer pixels = decode(png, ImageFormat.PNG, 128, 128);
    for (int i = 0; i < pixels.capacity(); i += 3) {
      assertThat(pixels.get(i)).isEqualTo(pixels.get(i + 1)).isEqualTo(pixels.get(i + 2));
    }
  }

  @Test
  void saysFalseOfDamagedFiles() {
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * SIDE * SIDE);
    for (byte[] whole : new byte[][] {DrawnImage.png(128, 128), DrawnImage.webp(128, 128)}) {
      ImageFormat format = whole[0] == 'R' ? ImageFormat.WEBP : ImageFormat.PNG;
      byte[] half = Arrays.copyOf(whole, whole.length / 4);
      ImageFile file = new ImageFile(half, new ImageHeader(format, 128, 128));
      assertThat(DECODER.decode(file, pixels)).as(format.wireName()).isFalse();
    }
  }
}
