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
    return gain(new OffsetAndMetadata(committed), Map.of());
  }

  private long gain(OffsetAndMetadata committed, Map<TopicPartition, Long> ends) {
    owned.gain(Map.of(PARTITION, Optional.of(committed)), ends);
    return owned.term(PARTITION);
  }

  @Test
  void onlyWhatWasThereWhenItsOwnerWasGoneMayHaveEndedIt() {
    gain(new OffsetAndMetadata(90, "working"), Map.of(PARTITION, 93L));
    assertThat(owned.suspect(PARTITION, 92)).isTrue();
    assertThat(owned.suspect(PARTITION, 93)).isFalse();
    gain(new OffsetAndMetadata(90, "working"), Map.of());
    assertThat(owned.suspect(PARTITION, 121)).isTrue();
    assertThat(owned.suspect(PARTITION, 122)).isFalse();
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
