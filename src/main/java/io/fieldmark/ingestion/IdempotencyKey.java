package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A caller's name for one request, so that sending it again is not another request, whichever
 * instance it reaches.
 */
record IdempotencyKey(String value) {
  static final String HEADER = "Idempotency-Key";
  private static final Pattern USABLE = Pattern.compile("[!-~]{1,255}");

  /**
   * @param given every header of that name
   */
  static Admission<Optional<IdempotencyKey>> of(List<String> given, RequestId id) {
    if (given.isEmpty()) {
      return Admission.admitted(Optional.empty());
    }
    if (given.size() == 1 && USABLE.matcher(given.get(0)).matches()) {
      return Admission.admitted(Optional.of(new IdempotencyKey(given.get(0))));
    }
    return Admission.refused(
        id,
        RejectionReason.MALFORMED,
        "The header %s must be one text of 1 to 255 visible ASCII characters.".formatted(HEADER));
  }

  /** The same for the same photo; another photo under the same key is another request. */
  RequestId idFor(byte[] image) {
    byte[] key = value.getBytes(StandardCharsets.US_ASCII);
    MessageDigest digest = sha256();
    // With its length before it, no key and photo can be mistaken for another pair.
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).flip());
    digest.update(key);
    return RequestId.derived(digest.digest(image));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
