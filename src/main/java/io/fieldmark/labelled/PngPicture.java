package io.fieldmark.labelled;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG (W3C PNG, third edition, 11) that make its picture; the first of several. */
final class PngPicture {
  private static final int SIGNATURE = 8;
  private static final Set<String> NEEDED =
      Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT");
  private static final String EXIF = "eXIf";
  private static final String PIXELS = "IDAT";
  private static final String END = "IEND";

  /** Length, name and checksum. */
  private static final int FRAME = 12;

  private final ByteBuffer file;

  PngPicture(ByteBuffer file) {
    this.file = file;
  }

  Optional<byte[]> alone() {
    int orientation = orientation();
    Picture picture = new Picture(file.limit() + 64).copy(file, 0, SIGNATURE);
    boolean turned = orientation == Orientation.UPRIGHT;
    int position = SIGNATURE;
    while (true) {
      String name = name(position);
      int size = size(position);
      if (name.equals(PIXELS) && !turned) {
        turned = true;
        write(picture, EXIF, Orientation.tiff(orientation));
      }
      if (NEEDED.contains(name)) {
        picture.copy(file, position, size);
      }
      if (name.equals(END)) {
        return Optional.of(picture.toBytes());
      }
      position += size;
    }
  }

  /** It may stand before the pixels or after them. */
  private int orientation() {
    for (int position = SIGNATURE; !name(position).equals(END); position += size(position)) {
      if (name(position).equals(EXIF)) {
        return Orientation.of(file.slice(position + 8, size(position) - FRAME));
      }
    }
    return Orientation.UPRIGHT;
  }

  private String name(int position) {
    byte[] name = new byte[4];
    file.get(position + 4, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  /** Fails when the file ends before the chunk does. */
  private int size(int position) {
    int length = file.getInt(position);
    if (length < 0 || length > file.limit() - position - FRAME) {
      throw new IndexOutOfBoundsException(position);
    }
    return FRAME + length;
  }

  private static void write(Picture picture, String name, byte[] content) {
    byte[] letters = name.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(letters);
    checksum.update(content);
    picture
        .bigEndian32(content.length)
        .write(letters)
        .write(content)
        .bigEndian32((int) checksum.getValue());
  }
}
