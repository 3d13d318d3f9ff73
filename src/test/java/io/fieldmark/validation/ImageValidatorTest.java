package io.fieldmark.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig.ImageLimits;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.DrawnImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ImageValidatorTest {
  private static final RequestId ID = RequestId.next(Instant.EPOCH);
  private static final ImageValidator VALIDATOR =
      new ImageValidator(new ImageLimits(20_000, 100_000, 1_000));

  private static Rejection refused(byte[] bytes) {
    Admission<ImageFile> admission = VALIDATOR.validate(ID, bytes);
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    return ((Admission.Refused<ImageFile>) admission).rejection();
  }

  @Test
  void letsAnImageWithinAllLimitsIn() {
    byte[] jpeg = DrawnImage.jpeg(300, 200);
    Admission<ImageFile> admission = VALIDATOR.validate(ID, jpeg);
    assertThat(admission).isInstanceOf(Admission.Admitted.class);
    ImageFile image = ((Admission.Admitted<ImageFile>) admission).value();
    assertThat(image.bytes()).isSameAs(jpeg);
    assertThat(image.header().width()).isEqualTo(300);
  }

  @Test
  void refusesNothingAtAll() {
    assertThat(refused(new byte[0]).reason()).isEqualTo(RejectionReason.EMPTY);
  }

  @Test
  void refusesTextByItsBytes() {
    assertThat(refused("no photo".getBytes(StandardCharsets.UTF_8)).reason())
        .isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
  }

  @Test
  void refusesTooManyBytesAndSaysHowManyAreAccepted() {
    Rejection rejection = refused(Arrays.copyOf(DrawnImage.jpeg(10, 10), 20_001));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_LARGE);
    assertThat(rejection.detail()).contains("20,000 bytes");
  }

  @Test
  void refusesTooManyPixelsAndSaysBothLimits() {
    Rejection rejection = refused(DrawnImage.png(400, 300));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    assertThat(rejection.detail()).contains("400 × 300", "100,000 pixels", "1,000 a side");
  }

  @Test
  void refusesASideThatIsTooLongThoughThePixelsAreFew() {
    assertThat(refused(DrawnImage.png(1_001, 2)).reason())
        .isEqualTo(RejectionReason.TOO_MANY_PIXELS);
  }

  @Test
  void refusesAnImageWithoutPixels() {
    byte[] gif = HexFormat.of().parseHex("474946383961" + "0000" + "0a00");
    assertThat(refused(gif).reason()).isEqualTo(RejectionReason.UNDECODABLE);
  }

  @Test
  void refusesAFileThatEndsBeforeItsSize() {
    assertThat(refused(Arrays.copyOf(DrawnImage.jpeg(300, 200), 12)).reason())
        .isEqualTo(RejectionReason.UNDECODABLE);
  }

  @Test
  void refusesAJpegThatGoesOverItsPixelsTooOften() {
    byte[] jpeg = DrawnImage.jpeg(30, 20);
    byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
    byte[] manyScans = Arrays.copyOf(jpeg, jpeg.length + 100 * scan.length);
    for (int i = 0; i < 100; i++) {
      System.arraycopy(scan, 0, manyScans, jpeg.length + i * scan.length, scan.length);
    }
    Rejection rejection = refused(manyScans);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(rejection.detail()).contains("100 scans");
    byte[] oneLess = Arrays.copyOf(manyScans, manyScans.length - scan.length);
    assertThat(VALIDATOR.validate(ID, oneLess)).isInstanceOf(Admission.Admitted.class);
  }
}
