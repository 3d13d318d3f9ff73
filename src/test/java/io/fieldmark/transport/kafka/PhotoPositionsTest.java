package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhotoPositionsTest {
  private static final RequestId ONE = RequestId.next(WireRecords.STORED);
  private static final RequestId TWO = RequestId.next(WireRecords.STORED);

  private final PhotoPositions positions = new PhotoPositions(1);

  private void answered(InferenceResult result, long offset) {
    ImagePosition position = new ImagePosition(3, offset, WireRecords.STORED);
    positions.answered(new ResultRecord(result, Optional.of(position), false, false));
  }

  @Test
  void theOldestMakesRoom() {
    answered(WireRecords.prediction(ONE), 17);
    assertThat(positions.find(ONE).map(ImagePosition::offset)).hasValue(17L);
    answered(WireRecords.prediction(TWO), 18);
    assertThat(positions.find(ONE)).isEmpty();
    assertThat(positions.size()).isEqualTo(positions.bound());
  }

  @Test
  void aPhotoThatWasRefusedIsNotLookedFor() {
    answered(Rejection.of(ONE, RejectionReason.UNDECODABLE, "It cannot be decoded."), 17);
    assertThat(positions.size()).isZero();
  }
}
