package io.fieldmark.transport.kafka;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;

/**
 * What has to be allowed at the broker, in the words of {@code kafka-acls}. A broker that refuses
 * names at most the topic or the group; only who asked knows for what.
 *
 * @param kind of what {@code name} names: topic or group
 */
public record Access(String operation, String kind, String name) {
  private static final String TOPIC = "topic";
  private static final String GROUP = "group";

  public static Access create(String topic) {
    return new Access("Create", TOPIC, topic);
  }

  public static Access describe(String topic) {
    return new Access("Describe", TOPIC, topic);
  }

  public static Access describeConfigs(String topic) {
    return new Access("DescribeConfigs", TOPIC, topic);
  }

  public static Access describeGroup(String group) {
    return new Access("Describe", GROUP, group);
  }

  public static Access read(String topic) {
    return new Access("Read", TOPIC, topic);
  }

  public static Access write(String topic) {
    return new Access("Write", TOPIC, topic);
  }

  /** Of the two that a member of a group needs, the one that was refused. */
  static Access member(String topic, String group, Throwable failure) {
    return BrokerFailure.causes(failure).anyMatch(GroupAuthorizationException.class::isInstance)
        ? new Access("Read", GROUP, group)
        : read(topic);
  }

  /** The failure itself, unless it is that this was refused: then a {@link BrokerFailure}. */
  public Throwable explain(Throwable failure) {
    return BrokerFailure.causes(failure)
        .filter(AuthorizationException.class::isInstance)
        .findFirst()
        .<Throwable>map(refused -> new BrokerFailure(sentence(refused), false, refused))
        .orElse(failure);
  }

  /** A producer that may write nowhere at the broker gives up for good. */
  private String sentence(Throwable refused) {
    String then =
        refused instanceof ClusterAuthorizationException ? ", and start this program again" : "";
    return "The broker does not allow %1$s on %2$s %3$s to the user that logs in. Grant it with kafka-acls --add --operation %1$s --%2$s %3$s%4$s"
        .formatted(operation, kind, name, then);
  }

  /** For a line of a log. */
  public String tell(Throwable failure) {
    return switch (explain(failure)) {
      case BrokerFailure refused -> refused.getMessage();
      case Throwable other -> other.toString();
    };
  }
}
