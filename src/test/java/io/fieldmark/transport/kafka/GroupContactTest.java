package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class GroupContactTest {
  private final GroupContact contact = new GroupContact();

  private Duration ageAfterPoll(boolean assigned) {
    Duration before = contact.age();
    contact.polled(assigned);
    return before.minus(contact.age());
  }

  @Test
  void aRefusedMemberIsNotHeardOfUntilItHasPartitions() {
    contact.failed(Access.read("f.images").explain(GroupAuthorizationException.forGroupId("crew")));
    assertThat(ageAfterPoll(false)).isNegative();
    assertThat(contact.refusal()).isPresent();
    assertThat(ageAfterPoll(true)).isPositive();
    assertThat(contact.refusal()).isEmpty();
  }

  @Test
  void aLoginThatFailsCountsAsRefused() {
    contact.failed(new SaslAuthenticationException("no"));
    assertThat(contact.refusal()).isPresent();
  }

  @Test
  void aMemberThatStandsByIsHeardOfAgainAfterABrokerWasAway() {
    contact.failed(new TimeoutException("late"));
    assertThat(ageAfterPoll(false)).isPositive();
  }
}
