package io.fieldmark.validation;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import java.util.Optional;

/** Reads the first chunk of a WebP file (RFC 9649): lossy, lossless or extended. */
final class WebpHeader {
  private static final int CHUNK = 12;
  private static final int PAYLOAD = CHUNK + 8;
  private static final int LOSSLESS_SIGNATURE = 0x2F;

  private WebpHeader() {}

  static Optional<ImageHeader> read(Bytes file) {
    if (!file.has(PAYLOAD + 10)) {
      return Optional.empty();
    }
    if (file.startsWith(CHUNK, 'V', 'P', '8', ' ')) {
      return lossy(file);
    }
    if (file.startsWith(CHUNK, 'V', 'P', '8', 'L')) {
      return lossless(file);
    }
    return file.startsWith(CHUNK, 'V', 'P', '8', 'X')
        ? ImageHeaderReader.header(
            ImageFormat.WEBP,
            file.littleEndian24(PAYLOAD + 4) + 1L,
            file.littleEndian24(PAYLOAD + 7) + 1L)
        : Optional.empty();
  }

  /** A frame tag, a start code, then 14 bits for each side. */
  private static Optional<ImageHeader> lossy(Bytes file) {
    return file.startsWith(PAYLOAD + 3, 0x9D, 0x01, 0x2A)
        ? ImageHeaderReader.header(
            ImageFormat.WEBP,
            file.littleEndian16(PAYLOAD + 6) & 0x3FFF,
            file.littleEndian16(PAYLOAD + 8) & 0x3FFF)
        : Optional.empty();
  }

  /** A signature, then 14 bits for each side less one. */
  private static Optional<ImageHeader> lossless(Bytes file) {
    if (file.at(PAYLOAD) != LOSSLESS_SIGNATURE) {
      return Optional.empty();
    }
    long bits = file.littleEndian32(PAYLOAD + 1);
    return ImageHeaderReader.header(
        ImageFormat.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
  }
}
