package io.fieldmark.validation;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads format, width and height from the first bytes of an image file, without decoding anything:
 * a hundred kilobytes can unfold into gigabytes of pixels. Never throws, whatever the bytes are.
 */
final class ImageHeaderReader {
  private ImageHeaderReader() {}

  /** Empty when the bytes begin like none of the formats. */
  static Optional<ImageFormat> format(Bytes file) {
    if (file.startsWith(0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (file.startsWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of(ImageFormat.PNG);
    }
    if (file.startsWith(0, 'R', 'I', 'F', 'F') && file.startsWith(8, 'W', 'E', 'B', 'P')) {
      return Optional.of(ImageFormat.WEBP);
    }
    if (file.startsWith(0, 'G', 'I', 'F', '8', '7', 'a')
        || file.startsWith(0, 'G', 'I', 'F', '8', '9', 'a')) {
      return Optional.of(ImageFormat.GIF);
    }
    return file.startsWith(0, 'B', 'M') && bmpInfoSize(file).isPresent()
        ? Optional.of(ImageFormat.BMP)
        : Optional.empty();
  }

  /** Empty when the file ends, or makes no sense, before it says how large the image is. */
  static Optional<ImageHeader> read(ImageFormat format, Bytes file) {
    return switch (format) {
      case JPEG -> JpegHeader.read(file);
      case PNG -> png(file);
      case WEBP -> WebpHeader.read(file);
      case GIF -> gif(file);
      case BMP -> bmp(file);
    };
  }

  private static Optional<ImageHeader> png(Bytes file) {
    return file.has(24) && file.startsWith(12, 'I', 'H', 'D', 'R')
        ? header(ImageFormat.PNG, file.bigEndian32(16), file.bigEndian32(20))
        : Optional.empty();
  }

  private static Optional<ImageHeader> gif(Bytes file) {
    return file.has(10)
        ? header(ImageFormat.GIF, file.littleEndian16(6), file.littleEndian16(8))
        : Optional.empty();
  }

  /** "BM" begins many a text: the size of the second header tells a bitmap. */
  private static OptionalInt bmpInfoSize(Bytes file) {
    if (!file.has(26)) {
      return OptionalInt.empty();
    }
    int size = (int) file.littleEndian32(14);
    return size == 12 || (size >= 40 && size <= 124) ? OptionalInt.of(size) : OptionalInt.empty();
  }

  /** A negative height is a picture stored from the top down. */
  private static Optional<ImageHeader> bmp(Bytes file) {
    if (bmpInfoSize(file).orElse(0) == 12) {
      return header(ImageFormat.BMP, file.littleEndian16(18), file.littleEndian16(20));
    }
    return header(
        ImageFormat.BMP, file.littleEndian32(18), Math.abs((long) (int) file.littleEndian32(22)));
  }

  /** Sides beyond 31 bits stand as the largest number, which no limit lets pass. */
  static Optional<ImageHeader> header(ImageFormat format, long width, long height) {
    return Optional.of(
        new ImageHeader(
            format,
            (int) Math.min(width, Integer.MAX_VALUE),
            (int) Math.min(height, Integer.MAX_VALUE)));
  }
}
