package io.fieldmark.transport.kafka;

import io.fieldmark.config.KafkaConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Our topics at the broker. Never blocks: what it returns completes on a thread of the admin
 * client, or fails with a {@link BrokerFailure}.
 */
public final class Topics {
  private static final int MOST_TIMES_ASKED = 10;

  private final Admin admin;
  private final KafkaConfig config;
  private final List<TopicPlan> plans;
  private final TopicCheck check;

  public Topics(Admin admin, KafkaConfig config, long maxImageBytes) {
    this.admin = admin;
    this.config = config;
    this.plans = TopicPlan.of(config, maxImageBytes);
    this.check = new TopicCheck(config.topics(), maxImageBytes);
  }

  /**
   * Creates those that are missing and leaves the others as they are; tells which it created, when
   * the broker takes records for them. Before that, of two batches that are on their way to a
   * partition the second may be taken and the first be refused for good (KAFKA-15591).
   */
  public CompletionStage<List<String>> create() {
    short replication = (short) config.topics().replication();
    List<NewTopic> wanted =
        plans.stream()
            .map(
                plan ->
                    new NewTopic(plan.name(), plan.partitions(), replication)
                        .configs(plan.settings()))
            .toList();
    Map<String, KafkaFuture<Void>> creations = admin.createTopics(wanted).values();
    List<CompletionStage<List<String>>> created =
        plans.stream().map(plan -> created(plan, creations.get(plan.name()))).toList();
    return explained(joined(created));
  }

  private CompletionStage<List<String>> created(TopicPlan plan, KafkaFuture<Void> creation) {
    String topic = plan.name();
    return creation
        .toCompletionStage()
        .thenCompose(done -> led(plan, 1))
        .thenApply(led -> List.of(topic))
        .exceptionally(
            failure ->
                orRethrow(Access.create(topic), failure, TopicExistsException.class, List.of()));
  }

  /**
   * Only the leader of a partition tells where that ends, and a broker that has not heard of the
   * topic yet says that there is none: it is asked again, for about a quarter of a minute. Before
   * that it is asked for the topic, since the client logs an error when it finds no leader.
   */
  private CompletionStage<Void> led(TopicPlan plan, int asked) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, plan.partitions())
            .mapToObj(partition -> new TopicPartition(plan.name(), partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin
        .describeTopics(List.of(plan.name()))
        .allTopicNames()
        .toCompletionStage()
        .thenCompose(known -> admin.listOffsets(ends).all().toCompletionStage())
        .thenAccept(offsets -> {})
        .exceptionallyCompose(
            failure ->
                asked < MOST_TIMES_ASKED
                        && cause(failure) instanceof UnknownTopicOrPartitionException
                    ? later(Backoff.millis(asked)).thenCompose(now -> led(plan, asked + 1))
                    : CompletableFuture.failedStage(failure));
  }

  private static CompletionStage<Void> later(long millis) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  /** Sentences about those of these topics that do not exist. */
  public CompletionStage<List<String>> missing(Collection<String> topics) {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(topics).topicNameValues();
    List<CompletionStage<List<String>>> sentences =
        topics.stream().map(topic -> missing(topic, described.get(topic))).toList();
    return explained(joined(sentences));
  }

  private static CompletionStage<List<String>> missing(
      String topic, KafkaFuture<TopicDescription> described) {
    return described
        .toCompletionStage()
        .thenApply(present -> List.<String>of())
        .exceptionally(
            failure ->
                orRethrow(
                    Access.describe(topic),
                    failure,
                    UnknownTopicOrPartitionException.class,
                    List.of(TopicCheck.missing(topic))));
  }

  /** Whether all of them are as this configuration needs them. */
  public CompletionStage<TopicFindings> check() {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(plans.stream().map(TopicPlan::name).toList()).topicNameValues();
    Map<ConfigResource, KafkaFuture<Config>> settings =
        admin.describeConfigs(plans.stream().map(Topics::resource).toList()).values();
    CompletionStage<TopicFindings> findings = CompletableFuture.completedStage(TopicFindings.NONE);
    for (TopicPlan plan : plans) {
      findings =
          findings.thenCombine(
              check(plan, described.get(plan.name()), settings.get(resource(plan))),
              TopicFindings::and);
    }
    return explained(findings);
  }

  private static ConfigResource resource(TopicPlan plan) {
    return new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
  }

  private CompletionStage<TopicFindings> check(
      TopicPlan plan, KafkaFuture<TopicDescription> described, KafkaFuture<Config> settings) {
    return needing(Access.describe(plan.name()), described)
        .thenCombine(
            needing(Access.describeConfigs(plan.name()), settings)
                .thenApply(
                    config ->
                        config.entries().stream()
                            .filter(entry -> entry.value() != null)
                            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))),
            (topic, values) -> check.compare(plan, topic.partitions().size(), values))
        .exceptionally(failure -> unseen(plan, failure));
  }

  private static <T> CompletionStage<T> needing(Access access, KafkaFuture<T> asked) {
    return asked
        .toCompletionStage()
        .exceptionally(
            failure -> {
              throw new CompletionException(access.explain(cause(failure)));
            });
  }

  private static TopicFindings unseen(TopicPlan plan, Throwable failure) {
    if (cause(failure) instanceof BrokerFailure refused) {
      return TopicFindings.unseen(
          "The topic %s cannot be checked. %s".formatted(plan.name(), refused.getMessage()));
    }
    return orRethrow(
        Access.describe(plan.name()),
        failure,
        UnknownTopicOrPartitionException.class,
        TopicFindings.problem(TopicCheck.missing(plan.name())));
  }

  private static <T> T orRethrow(
      Access access, Throwable failure, Class<? extends Throwable> expected, T meaning) {
    if (expected.isInstance(cause(failure))) {
      return meaning;
    }
    throw new CompletionException(access.explain(cause(failure)));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static CompletionStage<List<String>> joined(List<CompletionStage<List<String>>> parts) {
    CompletionStage<List<String>> whole = CompletableFuture.completedStage(List.of());
    for (CompletionStage<List<String>> part : parts) {
      whole =
          whole.thenCombine(
              part,
              (before, more) -> {
                List<String> both = new ArrayList<>(before);
                both.addAll(more);
                return both;
              });
    }
    return whole;
  }

  /** Fails with the failure itself, which a stage that throws would wrap. */
  private <T> CompletionStage<T> explained(CompletionStage<T> stage) {
    CompletableFuture<T> told = new CompletableFuture<>();
    stage.whenComplete(
        (outcome, failure) -> {
          if (failure == null) {
            told.complete(outcome);
          } else {
            told.completeExceptionally(BrokerFailure.of(cause(failure), config));
          }
        });
    return told;
  }
}
