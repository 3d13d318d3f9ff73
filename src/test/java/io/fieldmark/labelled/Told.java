package io.fieldmark.labelled;

import io.fieldmark.testing.DrawnImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Drawn images in whose files something is written wherever their format has a place for it. */
final class Told {
  /** Stands in every place, so that what is left of any is found by it. */
  static final String SECRET = "Ada Lovelace, 51.5N 0.1W";

  private static final byte[] TEXT = SECRET.getBytes(StandardCharsets.US_ASCII);

  private Told() {}

  /** Exif with an orientation, and with a text after its directory. */
  static byte[] tiff(int orientation, ByteOrder order) {
    short letters = (short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949);
    return ByteBuffer.allocate(38 + TEXT.length)
        .order(ByteOrder.BIG_ENDIAN)
        .putShort(letters)
        .order(order)
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 2)
        .putShort((short) 0x010E)
        .putShort((short) 2)
        .putInt(TEXT.length)
        .putInt(38)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .put(TEXT)
        .array();
  }

  static byte[] jpeg(int orientation, ByteOrder order) {
    return jpeg(DrawnImage.jpeg(40, 24), orientation, order);
  }

  static byte[] jpeg(byte[] plain, int orientation, ByteOrder order) {
    byte[] exif = join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff(orientation, order));
    return join(
        Arrays.copyOf(plain, 2),
        segment(0xE1, exif),
        segment(
            0xE1, join("http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII), TEXT)),
        segment(0xED, join("Photoshop 3.0\0".getBytes(StandardCharsets.US_ASCII), TEXT)),
        segment(0xE2, join("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII), TEXT)),
        segment(0xFE, TEXT),
        Arrays.copyOfRange(plain, 2, plain.length),
        TEXT);
  }

  private static byte[] segment(int marker, byte[] content) {
    int length = content.length + 2;
    return join(
        new byte[] {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length}, content);
  }

  static byte[] png(int orientation) {
    byte[] plain = DrawnImage.png(40, 24);
    int end = plain.length - 12;
    return join(
        Arrays.copyOf(plain, 33),
        chunk("eXIf", tiff(orientation, ByteOrder.LITTLE_ENDIAN)),
        chunk("tEXt", join("Author\0".getBytes(StandardCharsets.US_ASCII), TEXT)),
        chunk(
            "iTXt", join("XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII), TEXT)),
        Arrays.copyOfRange(plain, 33, end),
        chunk("tIME", new byte[] {7, (byte) 0xEA, 11, 26, 9, 0, 0}),
        Arrays.copyOfRange(plain, end, plain.length),
        TEXT);
  }

  private static byte[] chunk(String name, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(StandardCharsets.US_ASCII));
    checksum.update(content);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .putInt((int) checksum.getValue())
        .array();
  }

  static byte[] webp(int orientation) {
    byte[] plain = DrawnImage.webp(40, 24);
    byte[] extended = {0x0C, 0, 0, 0, 39, 0, 0, 23, 0, 0};
    byte[] chunks =
        join(
            riff("VP8X", extended),
            Arrays.copyOfRange(plain, 12, plain.length),
            riff("EXIF", tiff(orientation, ByteOrder.BIG_ENDIAN)),
            riff("XMP ", TEXT),
            riff("note", TEXT));
    return join(riff("RIFF", join("WEBP".getBytes(StandardCharsets.US_ASCII), chunks)), TEXT);
  }

  private static byte[] riff(String name, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + content.length % 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  static byte[] gif(byte[] plain) {
    int table = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1));
    byte[] sub = join(new byte[] {(byte) TEXT.length}, TEXT, new byte[] {0});
    return join(
        Arrays.copyOf(plain, table),
        new byte[] {0x21, (byte) 0xFE},
        sub,
        new byte[] {0x21, (byte) 0xFF, 11},
        "XMP DataXMP".getBytes(StandardCharsets.US_ASCII),
        sub,
        Arrays.copyOfRange(plain, table, plain.length),
        TEXT);
  }

  static byte[] bmp(byte[] plain) {
    ByteBuffer header = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    int pixels = header.getInt(10);
    byte[] gap = join(new byte[32], TEXT);
    byte[] told =
        join(
            Arrays.copyOf(plain, pixels),
            gap,
            Arrays.copyOfRange(plain, pixels, plain.length),
            TEXT);
    ByteBuffer.wrap(told).order(ByteOrder.LITTLE_ENDIAN).putInt(10, pixels + gap.length);
    return told;
  }

  static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      whole.writeBytes(piece);
    }
    return whole.toByteArray();
  }
}
