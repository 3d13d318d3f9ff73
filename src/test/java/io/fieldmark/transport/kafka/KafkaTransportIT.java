package io.fieldmark.transport.kafka;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.metrics.KafkaClientMeters;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.ExpectsErrorLog;
import io.fieldmark.testing.Requests;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import io.fieldmark.transport.BatchHandler;
import io.fieldmark.transport.InferenceTransportContract;
import io.fieldmark.transport.Submission;
import io.fieldmark.transport.eventbus.EventBusTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on a real broker; both sides in this JVM, with nothing but topics between them. */
class KafkaTransportIT extends InferenceTransportContract {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private KafkaIngestionTransport ingestion;
  private KafkaInferenceTransport inference;
  private KafkaConnection connection;

  @Override
  protected void open() throws Exception {
    AppConfig config =
        Configs.with(
            "kafka.bootstrap_servers",
            SharedBroker.bootstrapServers(),
            "kafka.topic_prefix",
            SharedBroker.freshPrefix(),
            "kafka.group",
            SharedBroker.freshPrefix(),
            "kafka.partitions",
            "3",
            "kafka.max_backlog",
            Integer.toString(QUEUE_BOUND),
            "kafka.announce_interval",
            "100ms",
            "kafka.monitor_interval",
            "100ms",
            "kafka.max_inflight",
            "32");
    TestTopics.create(config);
    Clock clock = Clock.systemUTC();
    TopicMetrics metrics = new TopicMetrics(registry);
    KafkaClientMeters meters = new KafkaClientMeters(new SimpleMeterRegistry());
    connection = new KafkaConnection(vertx, config);
    KafkaConnection.Opened opened = await(connection.open());
    ingestion = new KafkaIngestionTransport(vertx, config, opened.admin(), metrics, meters, clock);
    EventBusTransport local = await(EventBusTransport.open(vertx, 64, MAX_BATCH, clock));
    inference =
        KafkaInferenceTransport.create(
            vertx, config, local.client(), opened.photosId(), metrics, meters, clock);
    use(ingestion.client(), local.server());
    await(ingestion.start());
    await(inference.start());
    eventually("partitions are assigned", () -> inference.assigned());
  }

  @AfterEach
  void leave() throws Exception {
    gate.countDown();
    await(inference.stop());
    await(ingestion.stop());
  }

  @Test
  void aPhotoIsStoredBeforeAnybodyWorksOnIt() throws Exception {
    Submission submission = client.submit(Requests.withoutDeadline());
    assertThat(await(submission.stored())).isTrue();
    assertThat(submission.answer().isComplete()).isFalse();
    startWorkers(1, handler(UnaryOperator.identity()));
    assertThat(await(submission.answer())).isInstanceOf(Prediction.class);
  }

  @Test
  void aStoredPhotoIsAnsweredEvenIfItsClientHasGone() throws Exception {
    InferenceRequest request = Requests.withoutDeadline();
    List<InferenceResult> heard = new CopyOnWriteArrayList<>();
    client.onResult(heard::add);
    await(client.submit(request).stored());
    client.cancel(request.id());
    startWorkers(1, handler(UnaryOperator.identity()));
    eventually(
        "the answer is heard", () -> heard.stream().anyMatch(r -> r.id().equals(request.id())));
  }

  @Test
  void aRepeatWhileTheFirstIsWaitingJoinsIt() throws Exception {
    Future<InferenceResult> first = occupy();
    InferenceRequest request = Requests.withoutDeadline();
    Future<InferenceResult> one = submit(request);
    Future<InferenceResult> other = submit(request);
    gate.countDown();
    await(first);
    assertThat(await(one)).isSameAs(await(other));
    assertThat(workedOn()).containsOnlyOnce(request.id());
  }

  @Test
  @ExpectsErrorLog
  void photosOfABatchThatFailedAreTriedAgainAloneAndOnlyTheGuiltyOneBecomesADeadLetter()
      throws Exception {
    InferenceRequest poison = Requests.withoutDeadline();
    Future<InferenceResult> first = occupy(failingAt(poison.id()));
    List<Future<InferenceResult>> mates =
        List.of(submit(Requests.withoutDeadline()), submit(Requests.withoutDeadline()));
    Future<InferenceResult> guilty = submit(poison);
    awaitWaiting(3);
    gate.countDown();
    await(first);
    for (Future<InferenceResult> mate : mates) {
      assertThat(await(mate)).isInstanceOf(Prediction.class);
    }
    assertThat(((Rejection) await(guilty)).reason()).isEqualTo(RejectionReason.INTERNAL);
    assertThat(registry.get("fieldmark.dead.letters").tag("reason", "failed").counter().count())
        .isEqualTo(1);
    assertThat(workedOn().stream().filter(poison.id()::equals)).hasSize(3);
  }

  private BatchHandler failingAt(RequestId poison) {
    BatchHandler good = handler(UnaryOperator.identity());
    return batch -> {
      List<InferenceResult> results = good.handle(batch);
      if (batch.stream().anyMatch(queued -> queued.request().id().equals(poison))) {
        throw new IllegalStateException("a bug");
      }
      return results;
    };
  }
}
