package io.fieldmark.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedBrokerIT {
  @Test
  void testsShareABrokerAndNotTheirTopics() throws Exception {
    String one = SharedBroker.bootstrapServers();
    assertThat(SharedBroker.bootstrapServers()).isEqualTo(one);
    Topic mine = Topic.create(one, SharedBroker.freshPrefix() + "photos", 1);
    Topic theirs = Topic.create(one, SharedBroker.freshPrefix() + "photos", 1);
    mine.send(Duration.ofSeconds(30), "mine");
    theirs.send(Duration.ofSeconds(30), "theirs");
    assertThat(mine.read(1)).containsExactly("mine");
    assertThat(theirs.read(1)).containsExactly("theirs");
  }
}
