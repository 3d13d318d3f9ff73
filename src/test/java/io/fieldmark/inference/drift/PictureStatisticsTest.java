package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PictureStatisticsTest {
  private static final int WHITE = 0xffffff;

  /**
   * @param colour 0xRRGGBB of column and row
   */
  private static PictureStatistics of(int width, int height, IntBinaryOperator colour) {
    ByteBuffer picture = ByteBuffer.allocateDirect(3 * width * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = colour.applyAsInt(x, y);
        picture.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return PictureStatistics.of(picture, width, height);
  }

  private static int grey(int level) {
    return level * 0x010101;
  }

  @Test
  void whiteIsOneAndBlackIsZero() {
    assertThat(of(30, 20, (x, y) -> WHITE)).isEqualTo(new PictureStatistics(1, 0));
    assertThat(of(30, 20, (x, y) -> 0)).isEqualTo(new PictureStatistics(0, 0));
  }

  @Test
  void coloursAreAsBrightAsTheEyeSeesThem() {
    assertThat(of(30, 20, (x, y) -> 0xff0000).brightness()).isCloseTo(0.299, within(0.002));
    assertThat(of(30, 20, (x, y) -> 0x00ff00).brightness()).isCloseTo(0.587, within(0.002));
    assertThat(of(30, 20, (x, y) -> 0x0000ff).brightness()).isCloseTo(0.114, within(0.002));
  }

  @Test
  void brightnessIsTheMeanOfTheGrid() {
    // Columns 1 and 14 of row 1 are looked at.
    assertThat(of(16, 3, (x, y) -> x == 14 ? grey(51) : grey(102)).brightness())
        .isCloseTo(0.3, within(1e-9));
  }

  @Test
  void anEvenSlopeIsNotSharp() {
    assertThat(of(40, 40, (x, y) -> grey(3 * x + 2 * y)).sharpness()).isZero();
  }

  @Test
  void sharpnessIsTheVarianceOfTheLaplacian() {
    // −4 × 255 at the dot and 0 at the other point: 510².
    assertThat(of(16, 3, (x, y) -> x == 1 && y == 1 ? WHITE : 0).sharpness()).isEqualTo(260_100);
    // −1020 and +1020.
    assertThat(of(16, 3, (x, y) -> (x + y) % 2 == 0 ? WHITE : 0).sharpness()).isEqualTo(1_040_400);
  }
}
