package io.fieldmark.ingestion;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The bytes of one upload as they arrive, up to a limit. Confined to one thread. */
final class UploadBody {
  private static final int SMALLEST = 16 * 1024;

  private final long limit;
  private byte[] bytes;
  private int length;

  /**
   * @param expected what the request says it will send, -1 when it does not say; space for it is
   *     taken only as it arrives, since saying costs nothing
   */
  UploadBody(long expected, long limit) {
    this.limit = limit;
    this.bytes = new byte[(int) Math.min(Math.max(expected, SMALLEST), 64 * SMALLEST)];
  }

  /** False, and the chunk is dropped, when the limit would be passed. */
  boolean append(Buffer chunk) {
    long sum = (long) length + chunk.length();
    if (sum > limit) {
      return false;
    }
    if (sum > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(sum, 2L * bytes.length)));
    }
    chunk.getBytes(bytes, length);
    length = (int) sum;
    return true;
  }

  int length() {
    return length;
  }

  /** The array itself where it is exactly full, which is the usual case. */
  byte[] toArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
