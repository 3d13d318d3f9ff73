package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnedPartitionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("photos", 3);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final OwnedPartitions owned = new OwnedPartitions(8);

  private int gainAt(long offset) {
    owned.gain(Map.of(PARTITION, Optional.of(new OffsetAndMetadata(offset, ""))), Map.of());
    owned.committed(owned.read(Map.of(PARTITION, offset)));
    return owned.ownership(PARTITION).getAsInt();
  }

  @Test
  void handingOverWaitsForWhatIsBegunAndThenTellsTheNextOwnerThatAllIsInOrder() throws Exception {
    int ownership = gainAt(10);
    owned.begin(PARTITION, ownership, 10);
    CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> handedOver =
        CompletableFuture.supplyAsync(() -> handOver(LONG));
    owned.finish(PARTITION, ownership, 10);
    assertThat(handedOver.get(20, TimeUnit.SECONDS))
        .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(11, "")));
  }

  @Test
  void handingOverThatLosesPatienceTellsThatPhotosWereInWork() {
    int ownership = gainAt(10);
    owned.begin(PARTITION, ownership, 10);
    OffsetAndMetadata left = handOver(Duration.ofMillis(1)).get(PARTITION);
    assertThat(left.offset()).isEqualTo(10);
    assertThat(left.metadata()).isNotEmpty();
  }

  private Map<TopicPartition, OffsetAndMetadata> handOver(Duration patience) {
    try {
      return owned.handOver(List.of(PARTITION), patience);
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  @Test
  void aPartitionThatLeavesBeginsNothingMore() {
    int ownership = gainAt(10);
    handOver(Duration.ofMillis(1));
    assertThat(owned.begin(PARTITION, ownership, 10)).isFalse();
    assertThat(owned.ownership(PARTITION)).isEmpty();
  }

  @Test
  void photosOfAnEarlierOwnershipAreNeitherBegunNorFinished() {
    int before = gainAt(10);
    owned.begin(PARTITION, before, 10);
    owned.lose(List.of(PARTITION));
    int now = gainAt(10);
    assertThat(owned.begin(PARTITION, before, 11)).isFalse();
    assertThat(owned.begin(PARTITION, now, 10)).isTrue();
    owned.finish(PARTITION, before, 10);
    assertThat(owned.advanced()).isEmpty();
    owned.finish(PARTITION, now, 10);
    assertThat(owned.advanced().get(PARTITION).offset()).isEqualTo(11);
  }

  @Test
  void partitionsOfOthersAreNothingToUs() {
    assertThat(owned.ownership(PARTITION)).isEmpty();
    assertThat(owned.suspect(PARTITION, 1)).isFalse();
    assertThat(owned.advanced()).isEmpty();
    owned.finish(PARTITION, 1, 1);
    assertThat(owned.uncommitted()).isZero();
  }

  @Test
  void suspectsAreNotMarkedBeforeTheirAttemptIsNoted() {
    owned.gain(Map.of(PARTITION, Optional.of(new OffsetAndMetadata(10, "working"))), Map.of());
    assertThat(owned.read(Map.of(PARTITION, 10L))).isEmpty();
    assertThat(owned.suspect(PARTITION, 10)).isTrue();
  }
}
