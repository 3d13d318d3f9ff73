package io.fieldmark.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void remembersWhenItWasMade() {
    assertThat(RequestId.next(NOW).createdAt()).contains(NOW);
  }

  @Test
  void isAUuidOfVersion7() {
    RequestId id = RequestId.next(NOW);
    assertThat(id.value().version()).isEqualTo(7);
    assertThat(id.value().variant()).isEqualTo(2);
  }

  @Test
  void isReadBackFromItsText() {
    RequestId id = RequestId.next(NOW);
    assertThat(RequestId.parse(id.toString())).contains(id);
  }

  @Test
  void isTheSameForTheSameDigest() {
    byte[] digest = new byte[16];
    Arrays.fill(digest, (byte) 0xA5);
    RequestId timeless = RequestId.derived(digest);
    assertThat(timeless).isEqualTo(RequestId.derived(digest.clone()));
    assertThat(timeless.value().version()).isEqualTo(8);
    assertThat(timeless.value().variant()).isEqualTo(2);
    assertThat(timeless.createdAt()).isEmpty();
    assertThat(RequestId.parse(timeless.toString())).contains(timeless);
    RequestId timed = RequestId.derived(NOW, digest);
    assertThat(timed).isEqualTo(RequestId.derived(NOW, digest.clone()));
    assertThat(timed.createdAt()).contains(NOW);
    assertThat(RequestId.parse(timed.toString())).contains(timed);
    digest[9] ^= 1;
    assertThat(RequestId.derived(digest)).isNotEqualTo(timeless);
    assertThat(RequestId.derived(NOW, digest)).isNotEqualTo(timed);
  }

  @Test
  void neverRepeatsWithinOneMillisecond() {
    Set<RequestId> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(RequestId.next(NOW));
    }
    assertThat(ids).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "1-1-1-1-1",
        "018e5b88-82f3-4dfa-a5c5-3412b2049846",
        "018e5b88-82f3-7dfa-25c5-3412b2049846",
        "018e5b88-82f3-7dfa-a5c5-3412b2049846 "
      })
  void refusesEverythingElse(String text) {
    assertThat(RequestId.parse(text)).isEmpty();
  }
}
