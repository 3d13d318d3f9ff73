package io.fieldmark.domain;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Identifies one request through every tier. A UUID (RFC 9562) of version 7, so that its age can be
 * read from it: an unknown id that is young may still be answered, an old one is gone. Where the
 * same request must get the same id whenever it comes, version 8, derived from what it is.
 */
public record RequestId(UUID value) {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final long VERSION_7 = 0x7000L;
  private static final long VERSION_8 = 0x8000L;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000000000000000L;

  public static RequestId next(Instant now) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = now.toEpochMilli() << 16 | VERSION_7 | random.nextLong(1 << 12);
    long low = VARIANT | random.nextLong() >>> 2;
    return new RequestId(new UUID(high, low));
  }

  /** The id of whatever has this digest; holds no time. */
  public static RequestId derived(byte[] digest) {
    ByteBuffer bits = ByteBuffer.wrap(digest);
    long high = (bits.getLong() & ~VERSION_BITS) | VERSION_8;
    return new RequestId(new UUID(high, VARIANT | bits.getLong() >>> 2));
  }

  /**
   * The id of something that came at a known time without an id, such as a record of a topic.
   *
   * @param digest of what tells it from everything else of that time
   */
  public static RequestId derived(Instant createdAt, byte[] digest) {
    ByteBuffer bits = ByteBuffer.wrap(digest);
    long high = createdAt.toEpochMilli() << 16 | VERSION_7 | bits.getLong() >>> 52;
    return new RequestId(new UUID(high, VARIANT | bits.getLong() >>> 2));
  }

  /** Empty unless the text is the canonical form of a UUID of version 7 or 8. */
  public static Optional<RequestId> parse(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      return Optional.empty();
    }
    UUID uuid = UUID.fromString(text);
    return (uuid.version() == 7 || uuid.version() == 8) && uuid.variant() == 2
        ? Optional.of(new RequestId(uuid))
        : Optional.empty();
  }

  /** Empty for an id that was derived without a time. */
  public Optional<Instant> createdAt() {
    return value.version() == 7
        ? Optional.of(Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
