package io.fieldmark.chaos;

import io.fieldmark.testing.DrawnImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * One photo that was sent. No two have the same bytes, and the width that its result tells shows a
 * result that belongs to another one, in all but few cases.
 */
record Photo(long number, Source source) {
  private static final int WIDTHS = 64;
  private static final int NARROWEST = 256;
  private static final int HEIGHT = 192;
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final List<byte[]> DRAWN =
      IntStream.range(0, WIDTHS).mapToObj(i -> DrawnImage.jpeg(NARROWEST + i, HEIGHT)).toList();

  static Photo next(Source source) {
    return new Photo(NUMBERS.incrementAndGet(), source);
  }

  int width() {
    return NARROWEST + (int) (number % WIDTHS);
  }

  /** The key of its record, and the name that its sender has for the request. */
  String key() {
    return "photo-" + number;
  }

  /** What stands behind the end of a JPEG is read by nobody. */
  byte[] bytes() {
    byte[] drawn = DRAWN.get((int) (number % WIDTHS));
    byte[] own = Arrays.copyOf(drawn, drawn.length + Long.BYTES);
    ByteBuffer.wrap(own).putLong(drawn.length, number);
    return own;
  }
}
