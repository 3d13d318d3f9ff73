package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.config.AppConfig;
import io.fieldmark.testing.Configs;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final AppConfig CONFIG = Configs.with("kafka.bootstrap_servers", "broker:9092");

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void topicsThatTheBrokerHasMadeAndDoesNotKnowYetAreAskedForAgain() throws Exception {
    Admin admin =
        broker(
            partition ->
                asked.incrementAndGet() == 1
                    ? failed(new UnknownTopicOrPartitionException("not here yet"))
                    : KafkaFuture.completedFuture(
                        new ListOffsetsResultInfo(0, -1, Optional.empty())));
    assertThat(create(admin)).containsExactlyInAnyOrderElementsOf(planned());
    assertThat(asked.get()).isGreaterThan(planned().size());
  }

  @Test
  void whatIsRefusedIsNotAskedForAgain() {
    Admin admin =
        broker(
            partition -> {
              asked.incrementAndGet();
              return failed(new TopicAuthorizationException(partition.topic()));
            });
    assertThatThrownBy(() -> create(admin))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BrokerFailure.class);
    int partitions = TopicPlan.of(CONFIG.kafka(), 1).stream().mapToInt(TopicPlan::partitions).sum();
    assertThat(asked).hasValue(partitions);
  }

  private static Collection<String> planned() {
    return TopicPlan.of(CONFIG.kafka(), 1).stream().map(TopicPlan::name).toList();
  }

  private static Collection<String> create(Admin admin) throws Exception {
    return new Topics(admin, CONFIG.kafka(), 1)
        .create()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static <T> KafkaFuture<T> failed(Exception failure) {
    KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
    future.completeExceptionally(failure);
    return future;
  }

  /** A broker that makes every topic, and answers where a partition ends as it is told. */
  private static Admin broker(Function<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> ends) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createTopics" -> new Created((Collection<?>) arguments[0]);
                  case "describeTopics" -> new Described((Collection<?>) arguments[0]);
                  case "listOffsets" -> offsets((Map<?, ?>) arguments[0], ends);
                  case String other -> throw new UnsupportedOperationException(other);
                });
  }

  private static ListOffsetsResult offsets(
      Map<?, ?> questions, Function<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> ends) {
    return new ListOffsetsResult(
        questions.keySet().stream()
            .map(TopicPartition.class::cast)
            .collect(Collectors.toMap(Function.identity(), ends)));
  }

  private static final class Created extends CreateTopicsResult {
    Created(Collection<?> topics) {
      super(
          topics.stream()
              .map(NewTopic.class::cast)
              .collect(
                  Collectors.toMap(
                      NewTopic::name,
                      topic -> KafkaFuture.completedFuture(new TopicMetadataAndConfig(null)))));
    }
  }

  private static final class Described extends DescribeTopicsResult {
    Described(Collection<?> topics) {
      super(
          null,
          topics.stream()
              .map(String.class::cast)
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      name ->
                          KafkaFuture.completedFuture(
                              new TopicDescription(name, false, List.of())))));
    }
  }
}
