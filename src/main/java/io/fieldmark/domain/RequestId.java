package io.fieldmark.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Identifies one request through every tier. A UUID of version 7 (RFC 9562), so that its age can be
 * read from it: an unknown id that is young may still be answered, an old one is gone.
 */
public record RequestId(UUID value) {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  public static RequestId next(Instant now) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = now.toEpochMilli() << 16 | VERSION_7 | random.nextLong(1 << 12);
    long low = VARIANT | random.nextLong() >>> 2;
    return new RequestId(new UUID(high, low));
  }

  /** Empty unless the text is the canonical form of a UUID of version 7. */
  public static Optional<RequestId> parse(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      return Optional.empty();
    }
    UUID uuid = UUID.fromString(text);
    return uuid.version() == 7 && uuid.variant() == 2
        ? Optional.of(new RequestId(uuid))
        : Optional.empty();
  }

  public Instant createdAt() {
    return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
