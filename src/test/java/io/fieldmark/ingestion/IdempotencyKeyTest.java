package io.fieldmark.ingestion;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
  private static final RequestId ID = RequestId.next(Instant.EPOCH);
  private static final byte[] PHOTO = {1, 2, 3};

  private static Admission<Optional<IdempotencyKey>> read(String... headers) {
    return IdempotencyKey.of(List.of(headers), ID);
  }

  private static RequestId id(String key, byte[] image) {
    return new IdempotencyKey(key).idFor(image);
  }

  @Test
  void theSameKeyAndPhotoAreTheSameRequest() {
    assertThat(id("key", PHOTO)).isEqualTo(id("key", PHOTO.clone()));
    assertThat(id("key", PHOTO).createdAt()).isEmpty();
  }

  @Test
  void anotherKeyOrAnotherPhotoIsAnotherRequest() {
    assertThat(id("other", PHOTO)).isNotEqualTo(id("key", PHOTO));
    assertThat(id("key", new byte[] {1, 2})).isNotEqualTo(id("key", PHOTO));
  }

  @Test
  void whereTheKeyEndsAndThePhotoBeginsMatters() {
    assertThat(id("ab", "c".getBytes(US_ASCII))).isNotEqualTo(id("a", "bc".getBytes(US_ASCII)));
  }

  @Test
  void nobodyNeedsAKey() {
    assertThat(read()).isEqualTo(Admission.admitted(Optional.empty()));
  }

  @Test
  void theLongestKeyIsStillOne() {
    String longest = "~".repeat(255);
    assertThat(read(longest))
        .isEqualTo(Admission.admitted(Optional.of(new IdempotencyKey(longest))));
    requireMalformed(read(longest + "~"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ü", "\t"})
  void whatIsNotVisibleAsciiIsRefused(String key) {
    requireMalformed(read(key));
  }

  @Test
  void severalKeysAreRefused() {
    requireMalformed(read("one", "two"));
  }

  private static void requireMalformed(Admission<Optional<IdempotencyKey>> admission) {
    assertThat(((Admission.Refused<?>) admission).rejection().reason())
        .isEqualTo(RejectionReason.MALFORMED);
  }
}
