package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnedPartitionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("images", 3);
  private final OwnedPartitions owned = new OwnedPartitions(32);

  private long gain(long committed) {
    owned.gain(Map.of(PARTITION, Optional.of(new OffsetAndMetadata(committed))));
    return owned.term(PARTITION);
  }

  @Test
  void aPhotoReadUnderAnEarlierOwnershipDoesNotMoveTheOffsetPastOnesThatAreUnanswered() {
    long before = gain(90);
    owned.lose(Set.of(PARTITION));
    long now = gain(90);
    assertThat(owned.begin(PARTITION, before, 100)).isFalse();
    assertThat(owned.begin(PARTITION, now, 90)).isTrue();
    owned.finish(PARTITION, 100);
    assertThat(owned.advanced()).isEmpty();
    owned.finish(PARTITION, 90);
    assertThat(owned.advanced().get(PARTITION).offset()).isEqualTo(91);
  }
}
