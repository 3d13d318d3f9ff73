package io.fieldmark.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig.Retained;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetainedResultsTest {
  private final MutableClock clock = new MutableClock();
  private final RetainedResults retained =
      new RetainedResults(new Retained(2, Duration.ofMinutes(10)), clock);

  private RequestId add(RejectionReason reason) {
    RequestId id = RequestId.next(clock.instant());
    retained.add(Rejection.of(id, reason, "detail"));
    return id;
  }

  @Test
  void findsWhatWasSaid() {
    RequestId id = add(RejectionReason.UNDECODABLE);
    assertThat(retained.find(id)).isPresent();
  }

  @Test
  void keepsTheNewestWhenThereAreTooMany() {
    RequestId oldest = add(RejectionReason.UNDECODABLE);
    RequestId middle = add(RejectionReason.UNDECODABLE);
    RequestId newest = add(RejectionReason.UNDECODABLE);
    assertThat(retained.size()).isEqualTo(2);
    assertThat(retained.find(oldest)).isEmpty();
    assertThat(retained.find(middle)).isPresent();
    assertThat(retained.find(newest)).isPresent();
  }

  @Test
  void forgetsWhatIsTooOldAndKnowsThatItIs() {
    RequestId id = add(RejectionReason.UNDECODABLE);
    clock.advance(Duration.ofMinutes(11));
    assertThat(retained.find(id)).isEmpty();
    assertThat(retained.tooOld(id)).isTrue();
    add(RejectionReason.UNDECODABLE);
    assertThat(retained.size()).isEqualTo(1);
  }

  @Test
  void aFloodOfRefusalsPushesNoAnswerOut() {
    RequestId id = add(RejectionReason.UNDECODABLE);
    for (int i = 0; i < 10; i++) {
      add(RejectionReason.OVERLOADED);
    }
    assertThat(retained.find(id)).isPresent();
    assertThat(retained.size()).isEqualTo(1);
  }

  @Test
  void theFirstResultForAnIdIsTheVisibleOne() {
    RequestId id = add(RejectionReason.UNDECODABLE);
    retained.add(Rejection.of(id, RejectionReason.INTERNAL, "later"));
    assertThat(((Rejection) retained.find(id).orElseThrow()).reason())
        .isEqualTo(RejectionReason.UNDECODABLE);
  }
}
