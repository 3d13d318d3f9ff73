package io.fieldmark.labelled;

import io.fieldmark.domain.ImageFormat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Takes out of an image file all that is not its picture: cameras write down who took it, where and
 * with what, programs leave notes and thumbnails, and anything may follow the end. What is known to
 * be needed stays, so that what nobody thought of goes. No pixel changes; how the picture is to be
 * turned stays, since decoders heed it.
 */
public final class PhotoFile {
  private PhotoFile() {}

  /** Empty when the file is not as its format says; takes time and room in proportion to it. */
  public static Optional<byte[]> withoutMetadata(ImageFormat format, byte[] image) {
    ByteBuffer file = ByteBuffer.wrap(image).asReadOnlyBuffer();
    try {
      return switch (format) {
        case JPEG -> new JpegPicture(file).alone();
        case PNG -> new PngPicture(file).alone();
        case WEBP -> new WebpPicture(file).alone();
        case GIF -> new GifPicture(file).alone();
        case BMP -> BmpPicture.alone(file);
      };
    } catch (BufferUnderflowException | IndexOutOfBoundsException endsTooEarly) {
      return Optional.empty();
    }
  }
}
