package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.testing.Photos;
import io.fieldmark.testing.Photos.Photo;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real photos, as they are and with what cameras write beside them. */
class RealPhotoFileTest {
  private static final int EVERY = 12;

  private static boolean isJpeg(byte[] file) {
    return file.length > 2 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8;
  }

  @Test
  void photosLoseWhatTheyTellAndLookTheSame() {
    List<byte[]> photos =
        Stream.of("samples", "test", "other-animals")
            .flatMap(set -> Photos.of(set).stream())
            .map(Photo::bytes)
            .filter(RealPhotoFileTest::isJpeg)
            .toList();
    int seen = 0;
    for (int i = 0; i < photos.size(); i += EVERY) {
      alone(photos.get(i));
      byte[] told = Told.jpeg(photos.get(i), i / EVERY % 8 + 1, ByteOrder.LITTLE_ENDIAN);
      assertThat(new String(alone(told), StandardCharsets.ISO_8859_1)).doesNotContain(Told.SECRET);
      seen++;
    }
    System.out.printf("%d photos alone%n", seen);
    assertThat(seen).isGreaterThan(100);
  }

  private static byte[] alone(byte[] photo) {
    Optional<byte[]> alone = PhotoFile.withoutMetadata(ImageFormat.JPEG, photo);
    assertThat(alone).isPresent();
    assertThat(Pixels.of(alone.get())).isEqualTo(Pixels.of(photo));
    return alone.get();
  }
}
