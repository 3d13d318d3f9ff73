package io.fieldmark.labelled;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What is kept of a file, piece by piece. */
final class Picture {
  private final ByteArrayOutputStream bytes;

  /**
   * @param most bytes that it is likely to have
   */
  Picture(int most) {
    this.bytes = new ByteArrayOutputStream(most);
  }

  Picture write(int... octets) {
    for (int octet : octets) {
      bytes.write(octet);
    }
    return this;
  }

  Picture write(byte[] piece) {
    bytes.writeBytes(piece);
    return this;
  }

  Picture write(Picture other) {
    bytes.writeBytes(other.bytes.toByteArray());
    return this;
  }

  /** Leaves the file's own position as it is. Fails when the file ends before the piece does. */
  Picture copy(ByteBuffer file, int from, int length) {
    byte[] piece = new byte[length];
    file.get(from, piece);
    return write(piece);
  }

  Picture bigEndian32(int number) {
    return write(number >>> 24, number >>> 16, number >>> 8, number);
  }

  Picture littleEndian32(int number) {
    return write(number, number >>> 8, number >>> 16, number >>> 24);
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
