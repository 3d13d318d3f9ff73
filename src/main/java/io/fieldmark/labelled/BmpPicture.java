package io.fieldmark.labelled;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The header, the colours and the pixels of a BMP, zeroes in the gap that may lie between them, and
 * no colour profile.
 */
final class BmpPicture {
  private static final int FILE_HEADER = 14;
  private static final int OLD_HEADER = 12;
  private static final int PROFILED_HEADER = 124;
  private static final int MASKS = 16;
  private static final int WINDOWS_COLOURS = 0x57696E20;

  private BmpPicture() {}

  static Optional<byte[]> alone(ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    long pixels = Integer.toUnsignedLong(file.getInt(10));
    long header = Integer.toUnsignedLong(file.getInt(FILE_HEADER));
    long end = Math.min(file.limit(), pixels + pixelBytes(file, header));
    long colours = FILE_HEADER + header + MASKS + 4L * colours(file, header);
    if (header < OLD_HEADER || pixels < FILE_HEADER + header || pixels >= end) {
      return Optional.empty();
    }
    byte[] picture = new byte[(int) end];
    file.get(0, picture);
    ByteBuffer out = ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(2, picture.length).putInt(6, 0);
    if (colours < pixels) {
      Arrays.fill(picture, (int) colours, (int) pixels, (byte) 0);
    }
    if (header >= PROFILED_HEADER) {
      out.putInt(FILE_HEADER + 56, WINDOWS_COLOURS);
      out.putInt(FILE_HEADER + 112, 0).putInt(FILE_HEADER + 116, 0);
    }
    return Optional.of(picture);
  }

  /** Rows are filled up to four bytes; what is compressed says how long it is. */
  private static long pixelBytes(ByteBuffer file, long header) {
    if (header == OLD_HEADER) {
      return row(file.getShort(18) & 0xFFFFL, file.getShort(24)) * (file.getShort(20) & 0xFFFFL);
    }
    int compression = file.getInt(30);
    boolean plain = compression == 0 || compression == 3 || compression == 6;
    return plain
        ? row(Math.abs((long) file.getInt(18)), file.getShort(28))
            * Math.abs((long) file.getInt(22))
        : Integer.toUnsignedLong(file.getInt(34));
  }

  private static long row(long width, int bits) {
    return (width * bits + 31) / 32 * 4;
  }

  private static long colours(ByteBuffer file, long header) {
    int bits = file.getShort(header == OLD_HEADER ? 24 : 28);
    return bits > 0 && bits <= 8 ? 1L << bits : 0;
  }
}
