package io.fieldmark.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.ingestion.InFlightLimiter.Permit;
import org.junit.jupiter.api.Test;

class InFlightLimiterTest {
  private final InFlightLimiter limiter = new InFlightLimiter(2, 100);

  @Test
  void refusesTheRequestBeyondTheBound() {
    assertThat(limiter.enter(1)).isPresent();
    assertThat(limiter.enter(1)).isPresent();
    assertThat(limiter.enter(1)).isEmpty();
    assertThat(limiter.requests()).isEqualTo(2);
    assertThat(limiter.bytes()).isEqualTo(2);
  }

  @Test
  void refusesBytesBeyondTheBoundAndForgetsThem() {
    assertThat(limiter.enter(60)).isPresent();
    assertThat(limiter.enter(60)).isEmpty();
    assertThat(limiter.requests()).isEqualTo(1);
    assertThat(limiter.bytes()).isEqualTo(60);
  }

  @Test
  void aRequestThatDidNotSayHowMuchItSendsGrows() {
    Permit permit = limiter.enter(0).orElseThrow();
    assertThat(permit.cover(70)).isTrue();
    assertThat(permit.cover(101)).isFalse();
    assertThat(limiter.bytes()).isEqualTo(70);
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Permit first = limiter.enter(30).orElseThrow();
    assertThat(limiter.enter(40)).isPresent();
    first.release();
    first.release();
    assertThat(limiter.requests()).isEqualTo(1);
    assertThat(limiter.bytes()).isEqualTo(40);
  }

  @Test
  void aPhotoThatIsSafeElsewhereTakesNoBytesButItsRequestKeepsItsPlace() {
    Permit permit = limiter.enter(30).orElseThrow();
    assertThat(limiter.unacknowledged()).isEqualTo(1);
    permit.handOver();
    permit.handOver();
    assertThat(limiter.unacknowledged()).isZero();
    assertThat(limiter.bytes()).isZero();
    assertThat(limiter.requests()).isEqualTo(1);
    permit.release();
    assertThat(limiter.unacknowledged()).isZero();
    assertThat(limiter.bytes()).isZero();
    assertThat(limiter.requests()).isZero();
  }

  @Test
  void whatIsAnsweredWithoutEverBeingStoredIsNoLongerUnacknowledged() {
    limiter.enter(30).orElseThrow().release();
    assertThat(limiter.unacknowledged()).isZero();
  }

  @Test
  void whatArrivesAfterThePlaceWasGivenBackTakesNoRoom() {
    Permit permit = limiter.enter(0).orElseThrow();
    permit.release();
    assertThat(permit.cover(50)).isFalse();
    assertThat(limiter.bytes()).isZero();
  }
}
