package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Configs;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class AccessTest {
  @Test
  void aRefusalIsSaidWithWhatToGrant() {
    Throwable refused = new ExecutionException(new TopicAuthorizationException("no"));
    assertThat(Access.describeConfigs("f.images").tell(refused))
        .contains("DescribeConfigs on topic f.images")
        .endsWith("kafka-acls --add --operation DescribeConfigs --topic f.images");
    assertThat(Access.write("f.images").tell(new ClusterAuthorizationException("no")))
        .contains("Write on topic f.images", "start this program again");
  }

  @Test
  void ofAMembersTwoAccessesTheRefusedOneIsNamed() {
    Throwable group = GroupAuthorizationException.forGroupId("crew");
    assertThat(Access.member("f.images", "crew", group).tell(group))
        .contains("Read on group crew", "--group crew");
    Throwable topic = new TopicAuthorizationException("no");
    assertThat(Access.member("f.images", "crew", topic).tell(topic))
        .contains("Read on topic f.images");
  }

  @Test
  void whatIsNoRefusalStaysAsItIs() {
    Throwable late = new TimeoutException("late");
    assertThat(Access.read("f.images").explain(late)).isSameAs(late);
    assertThat(Access.read("f.images").tell(late)).contains("late");
  }

  @Test
  void aRefusalThatWasToldIsNotToldInOtherWords() {
    Throwable told = Access.read("f.images").explain(new TopicAuthorizationException("no"));
    assertThat(BrokerFailure.of(new ExecutionException(told), Configs.with().kafka()))
        .isSameAs(told);
  }
}
