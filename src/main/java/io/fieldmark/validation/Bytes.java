package io.fieldmark.validation;

/** Numbers in an array of bytes. Positions must have been checked with {@link #has}. */
final class Bytes {
  private final byte[] array;

  Bytes(byte[] array) {
    this.array = array;
  }

  /** Whether the file has at least so many bytes. */
  boolean has(long count) {
    return array.length >= count;
  }

  boolean startsWith(int position, int... expected) {
    if (!has((long) position + expected.length)) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (at(position + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  int at(int position) {
    return array[position] & 0xFF;
  }

  int bigEndian16(int position) {
    return at(position) << 8 | at(position + 1);
  }

  int littleEndian16(int position) {
    return at(position + 1) << 8 | at(position);
  }

  int littleEndian24(int position) {
    return at(position + 2) << 16 | littleEndian16(position);
  }

  long bigEndian32(int position) {
    return (long) bigEndian16(position) << 16 | bigEndian16(position + 2);
  }

  long littleEndian32(int position) {
    return (long) littleEndian16(position + 2) << 16 | littleEndian16(position);
  }
}
