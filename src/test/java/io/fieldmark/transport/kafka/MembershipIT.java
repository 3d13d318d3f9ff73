package io.fieldmark.transport.kafka;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.metrics.KafkaClientMeters;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.Requests;
import io.fieldmark.testing.kafka.TestTopics;
import io.fieldmark.transport.BatchHandler;
import io.fieldmark.transport.ContractWorkers;
import io.fieldmark.transport.eventbus.EventBusTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inference processes that join and leave under load, with both protocols of Kafka's groups. */
class MembershipIT {
  private static final long WORK_MILLIS = 5;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TopicMetrics metrics = new TopicMetrics(registry);
  private final KafkaClientMeters meters = new KafkaClientMeters(new SimpleMeterRegistry());
  private AppConfig config;

  /** One inference process, as far as the broker can tell. */
  private record Member(Vertx vertx, KafkaInferenceTransport transport) {
    void leave() throws Exception {
      await(transport.stop());
      await(vertx.close());
    }
  }

  private Member join() throws Exception {
    Vertx vertx = Vertx.vertx();
    Clock clock = Clock.systemUTC();
    EventBusTransport local = await(EventBusTransport.open(vertx, 64, 4, clock));
    await(ContractWorkers.deploy(vertx, local.server(), handler(), 1));
    KafkaConnection.Opened opened = await(new KafkaConnection(vertx, config).open());
    KafkaInferenceTransport transport =
        KafkaInferenceTransport.create(
            vertx, config, local.client(), opened.photosId(), metrics, meters, clock);
    await(transport.start());
    eventually("a member has partitions", transport::assigned);
    return new Member(vertx, transport);
  }

  private static BatchHandler handler() {
    return batch -> {
      try {
        TimeUnit.MILLISECONDS.sleep(WORK_MILLIS * batch.size());
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      return batch.stream()
          .<InferenceResult>map(queued -> Requests.answer(queued.request()))
          .toList();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"consumer", "classic"})
  void everyPhotoIsAnsweredAndNoneTwiceWhileMembersComeAndGo(String protocol) throws Exception {
    config = Configs.with(TestTopics.fresh("kafka.group_protocol", protocol));
    Vertx vertx = Vertx.vertx();
    KafkaConnection.Opened opened = await(new KafkaConnection(vertx, config).open());
    KafkaIngestionTransport ingestion =
        new KafkaIngestionTransport(
            vertx, config, opened.admin(), metrics, meters, Clock.systemUTC());
    await(ingestion.start());
    List<Future<InferenceResult>> answers = new CopyOnWriteArrayList<>();
    long load =
        vertx.setPeriodic(
            4, tick -> answers.add(ingestion.client().submit(Requests.withoutDeadline()).answer()));
    Member first = join();
    Member second = join();
    Member third = join();
    first.leave();
    second.leave();
    vertx.cancelTimer(load);
    assertThat(answers).hasSizeGreaterThan(100);
    for (Future<InferenceResult> answer : answers) {
      assertThat(await(answer)).isInstanceOf(Prediction.class);
    }
    assertThat(registry.get("fieldmark.duplicates.suppressed").counter().count()).isZero();
    third.leave();
    await(ingestion.stop());
    await(vertx.close());
  }
}
