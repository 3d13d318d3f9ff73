package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private static final int WINDOW = 8;
  private static final long END = 1_000;

  private static PartitionProgress after(long offset, String metadata) {
    return new PartitionProgress(
        1, Optional.of(new OffsetAndMetadata(offset, metadata)), WINDOW, END);
  }

  private static PartitionProgress marked(long offset) {
    PartitionProgress progress = after(offset, "");
    progress.read(offset);
    progress.committed(progress.mark().orElseThrow().offset());
    return progress;
  }

  @Test
  void onlyTheContiguousPrefixIsCommitted() {
    PartitionProgress progress = marked(10);
    for (long offset = 10; offset < 14; offset++) {
      progress.begin(offset);
    }
    progress.finish(12);
    progress.finish(11);
    assertThat(progress.advanced()).isEmpty();
    assertThat(progress.uncommitted()).isEqualTo(2);
    progress.finish(10);
    assertThat(progress.advanced().orElseThrow().offset()).isEqualTo(13);
    assertThat(progress.idle()).isFalse();
    progress.finish(13);
    assertThat(progress.advanced().orElseThrow().offset()).isEqualTo(14);
    assertThat(progress.idle()).isTrue();
  }

  @Test
  void whatIsCommittedIsNotCommittedAgain() {
    PartitionProgress progress = marked(10);
    progress.begin(10);
    progress.finish(10);
    progress.committed(11);
    assertThat(progress.advanced()).isEmpty();
  }

  @Test
  void gapsInOffsetsAreSteppedOver() {
    PartitionProgress progress = marked(10);
    progress.begin(10);
    progress.begin(15);
    progress.finish(10);
    assertThat(progress.advanced().orElseThrow().offset()).isEqualTo(11);
    progress.finish(15);
    assertThat(progress.advanced().orElseThrow().offset()).isEqualTo(16);
  }

  @Test
  void theMarkIsNeverBeyondWhatWasReadFirst() {
    PartitionProgress progress = after(10, "");
    progress.read(12);
    progress.read(20);
    assertThat(progress.mark().orElseThrow().offset()).isEqualTo(12);
  }

  @Test
  void photosReadBehindSuspectsDoNotMoveTheOffsetPastThem() {
    PartitionProgress progress = after(10, "working");
    progress.read(10);
    progress.read(10 + WINDOW);
    assertThat(progress.mark()).isEmpty();
    progress.committed(progress.attempt(10, 1).offset());
    progress.begin(10);
    progress.finish(10);
    OffsetAndMetadata left = progress.handOver().orElseThrow();
    assertThat(left.offset()).isEqualTo(11);
    assertThat(left.metadata()).isNotEmpty();
  }

  @Test
  void anOwnerThatLeftInOrderLeavesNoSuspicion() {
    PartitionProgress before = marked(10);
    before.begin(10);
    before.finish(10);
    OffsetAndMetadata left = before.handOver().orElseThrow();
    PartitionProgress next = after(left.offset(), left.metadata());
    assertThat(left.offset()).isEqualTo(11);
    assertThat(next.suspect(11)).isFalse();
  }

  @Test
  void whatMayHaveBeenInWorkWhenAnOwnerEndedIsSuspect() {
    PartitionProgress before = marked(10);
    before.begin(10);
    before.begin(11);
    before.finish(10);
    OffsetAndMetadata committed = before.advanced().orElseThrow();
    PartitionProgress next = after(committed.offset(), committed.metadata());
    assertThat(next.suspect(11)).isTrue();
    assertThat(next.suspect(11 + WINDOW - 1)).isTrue();
    assertThat(next.suspect(11 + WINDOW)).isFalse();
    assertThat(next.attempts(11)).isZero();
  }

  @Test
  void whatCameWhenTheOwnerWasGoneIsNotSuspect() {
    assertThat(after(END - 2, "working").suspect(END - 1)).isTrue();
    assertThat(after(END - 2, "working").suspect(END)).isFalse();
  }

  @Test
  void attemptsAreCountedForThePhotoThatTheyWereNotedFor() {
    OffsetAndMetadata noted = after(11, "working").attempt(11, 2);
    PartitionProgress next = after(noted.offset(), noted.metadata());
    assertThat(next.attempts(11)).isEqualTo(2);
    assertThat(next.attempts(12)).isZero();
    assertThat(next.suspect(11)).isTrue();
  }

  @Test
  void theNoteOfAnAttemptIsNotWrittenOverWhileItsPhotoIsInWork() {
    PartitionProgress progress = after(10, "working");
    progress.committed(progress.attempt(10, 1).offset());
    progress.begin(10);
    progress.finish(10);
    OffsetAndMetadata note = progress.attempt(11, 1);
    assertThat(progress.advanced()).isEmpty();
    progress.begin(11);
    assertThat(progress.handOver()).contains(note);
    progress.finish(11);
    assertThat(progress.advanced().orElseThrow().offset()).isEqualTo(12);
  }

  @Test
  void somebodyElsesMetadataIsTakenForUnrest() {
    assertThat(after(5, "attempt:many").attempts(5)).isZero();
    assertThat(after(5, "whatever").suspect(5)).isTrue();
  }

  @Test
  void anOwnerThatBeganNothingLeavesWhatItFound() {
    assertThat(after(5, "working").handOver()).isEmpty();
  }

  @Test
  void whatWasAnsweredIsHandedOverAlsoWhenNoCommitWasEverAcknowledged() {
    PartitionProgress before = after(5, "");
    before.read(5);
    before.begin(5);
    before.finish(5);
    assertThat(before.handOver().orElseThrow().offset()).isEqualTo(6);
  }
}
