package io.fieldmark.labelled;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The chunks of a WebP (RFC 9649) that make its picture, or its pictures. */
final class WebpPicture {
  private static final int CHUNKS = 12;
  private static final int FRAME_HEADER = 16;
  private static final String EXTENDED = "VP8X";
  private static final String ANIMATED_FRAME = "ANMF";
  private static final String EXIF = "EXIF";
  private static final Set<String> NEEDED = Set.of("VP8 ", "VP8L", "ALPH", "ANIM");

  /** Of the flags of an extended file: that there is alpha, and that there is animation. */
  private static final int FLAGS = 0x12;

  private static final int HAS_EXIF = 0x08;

  private final ByteBuffer file;

  WebpPicture(ByteBuffer file) {
    this.file = file.order(ByteOrder.LITTLE_ENDIAN);
  }

  Optional<byte[]> alone() {
    long end = 8L + Integer.toUnsignedLong(file.getInt(4));
    if (end > file.limit()) {
      return Optional.empty();
    }
    int orientation = orientation((int) end);
    Picture chunks = chunks(CHUNKS, (int) end, orientation);
    if (orientation != Orientation.UPRIGHT) {
      chunk(chunks, EXIF, Orientation.tiff(orientation));
    }
    return Optional.of(
        new Picture(chunks.size() + CHUNKS)
            .write('R', 'I', 'F', 'F')
            .littleEndian32(4 + chunks.size())
            .write('W', 'E', 'B', 'P')
            .write(chunks)
            .toBytes());
  }

  /** Only an extended file has one. */
  private int orientation(int end) {
    if (!name(CHUNKS).equals(EXTENDED)) {
      return Orientation.UPRIGHT;
    }
    for (int position = CHUNKS; position < end; position += size(position, end)) {
      if (name(position).equals(EXIF)) {
        return Orientation.of(file.slice(position + 8, file.getInt(position + 4)));
      }
    }
    return Orientation.UPRIGHT;
  }

  private Picture chunks(int from, int end, int orientation) {
    Picture picture = new Picture(end - from + 64);
    for (int position = from; position < end; position += size(position, end)) {
      int content = position + 8;
      int size = size(position, end);
      switch (name(position)) {
        case EXTENDED -> {
          int flags = file.get(content) & FLAGS;
          picture
              .copy(file, position, 8)
              .write(orientation == Orientation.UPRIGHT ? flags : flags | HAS_EXIF, 0, 0, 0)
              .copy(file, content + 4, 6);
        }
        case ANIMATED_FRAME ->
            chunk(picture, ANIMATED_FRAME, frame(content, content + file.getInt(position + 4)));
        case String other -> {
          if (NEEDED.contains(other)) {
            picture.copy(file, position, size);
          }
        }
      }
    }
    return picture;
  }

  private byte[] frame(int from, int end) {
    Picture frame = new Picture(end - from).copy(file, from, FRAME_HEADER);
    return frame.write(pictures(from + FRAME_HEADER, end)).toBytes();
  }

  private Picture pictures(int from, int end) {
    Picture picture = new Picture(end - from);
    for (int position = from; position < end; position += size(position, end)) {
      if (NEEDED.contains(name(position))) {
        picture.copy(file, position, size(position, end));
      }
    }
    return picture;
  }

  private String name(int position) {
    byte[] name = new byte[4];
    file.get(position, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  /** With the byte that makes it even. Fails when the file ends before the chunk does. */
  private int size(int position, int end) {
    long size = 8L + Integer.toUnsignedLong(file.getInt(position + 4));
    size += size % 2;
    if (size > (long) end - position) {
      throw new IndexOutOfBoundsException(position);
    }
    return (int) size;
  }

  private static void chunk(Picture picture, String name, byte[] content) {
    picture
        .write(name.getBytes(StandardCharsets.ISO_8859_1))
        .littleEndian32(content.length)
        .write(content)
        .write(new byte[content.length % 2]);
  }
}
