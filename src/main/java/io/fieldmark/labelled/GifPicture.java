package io.fieldmark.labelled;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The images of a GIF (GIF89a, 17 to 27) with how each is shown, without any other extension. */
final class GifPicture {
  private static final int HEADER = 13;
  private static final int IMAGE = 0x2C;
  private static final int IMAGE_HEADER = 10;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int TRAILER = 0x3B;

  private final ByteBuffer file;
  private final Picture picture;

  GifPicture(ByteBuffer file) {
    this.file = file;
    this.picture = new Picture(file.limit() + 1);
  }

  /** A file whose trailer is missing is given one: decoders take it so. */
  Optional<byte[]> alone() {
    boolean any = false;
    int position = HEADER + tableSize(at(10));
    picture.copy(file, 0, position);
    while (position < file.limit() && at(position) != TRAILER) {
      int from = position;
      boolean image = at(position) == IMAGE;
      if (!image && at(position) != EXTENSION) {
        return Optional.empty();
      }
      boolean needed = image || at(position + 1) == GRAPHIC_CONTROL;
      any |= image;
      position += image ? IMAGE_HEADER + tableSize(at(position + 9)) + 1 : 2;
      position = afterBlocks(position);
      if (needed) {
        picture.copy(file, from, position - from);
      }
    }
    return any ? Optional.of(picture.write(TRAILER).toBytes()) : Optional.empty();
  }

  private int at(int position) {
    return file.get(position) & 0xFF;
  }

  private static int tableSize(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private int afterBlocks(int from) {
    int position = from;
    while (at(position) != 0) {
      position += 1 + at(position);
    }
    return position + 1;
  }
}
