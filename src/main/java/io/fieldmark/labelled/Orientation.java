package io.fieldmark.labelled;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a picture is to be turned before it is looked at, as Exif says (CIPA DC-008, 4.6.4): 1 means
 * not at all, 2 to 8 the seven other ways. It is all that is read of Exif and all that is written.
 */
final class Orientation {
  static final int UPRIGHT = 1;

  private static final int LAST = 8;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int BIG_ENDIAN = 0x4D4D;
  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private Orientation() {}

  /**
   * Upright when it cannot be told, as decoders take it.
   *
   * @param exif begins with a TIFF header, or the six letters before one
   */
  static int of(ByteBuffer exif) {
    ByteBuffer tiff =
        hasPrefix(exif) ? exif.slice(PREFIX.length, exif.limit() - PREFIX.length) : exif;
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    int order = tiff.order(ByteOrder.BIG_ENDIAN).getShort(0);
    if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
      return UPRIGHT;
    }
    tiff.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    return directory + 2 > tiff.limit() ? UPRIGHT : find(tiff, (int) directory);
  }

  static boolean hasPrefix(ByteBuffer exif) {
    return exif.limit() >= PREFIX.length
        && exif.slice(0, PREFIX.length).equals(ByteBuffer.wrap(PREFIX));
  }

  private static int find(ByteBuffer tiff, int directory) {
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if (entry + ENTRY > tiff.limit()) {
        return UPRIGHT;
      }
      if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8);
        return value > UPRIGHT && value <= LAST ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** The smallest TIFF that says so: one directory with one entry, and no other after it. */
  static byte[] tiff(int orientation) {
    return ByteBuffer.allocate(26)
        .putShort((short) BIG_ENDIAN)
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) TAG)
        .putShort((short) SHORT)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  /** The same with the six letters before it, as JPEG wants them. */
  static byte[] exif(int orientation) {
    return ByteBuffer.allocate(PREFIX.length + 26).put(PREFIX).put(tiff(orientation)).array();
  }
}
