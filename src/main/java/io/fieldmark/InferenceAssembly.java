package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.metrics.KafkaClientMeters;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.eventbus.EventBusTransport;
import io.fieldmark.transport.kafka.KafkaConnection;
import io.fieldmark.transport.kafka.KafkaInferenceTransport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inference tier alone: photos come from their topic to the dispatcher of this process. */
final class InferenceAssembly implements Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceAssembly.class);

  /** A process more than there are partitions stands by without any. */
  private static final long ASSIGNMENT_SECONDS = 10;

  private static final long LOOK_MILLIS = 50;

  private final Foundation base;
  private final KafkaConnection connection;
  private EventBusTransport local;
  private InferenceTier inference;
  private volatile KafkaInferenceTransport transport;

  InferenceAssembly(Foundation base) {
    this.base = base;
    this.connection = new KafkaConnection(base.vertx(), base.config());
  }

  @Override
  public Future<Void> open() {
    AppConfig.Inference config = base.config().inference();
    return EventBusTransport.open(
            base.vertx(), config.queueCapacity(), config.maxBatch(), base.clock())
        .onSuccess(
            opened -> {
              local = opened;
              base.states().registerCapacity(opened.client()::capacity);
              inference = new InferenceTier(base, opened.server());
            })
        .mapEmpty();
  }

  /** Workers are warm before the first photo is read. */
  @Override
  public Future<Void> start() {
    return inference
        .start()
        .compose(warm -> connection.open())
        .compose(opened -> base.vertx().executeBlocking(() -> build(opened)))
        .compose(KafkaInferenceTransport::start)
        .compose(reading -> assigned());
  }

  /** Kafka's clients take long to make. */
  private KafkaInferenceTransport build(KafkaConnection.Opened opened) {
    transport =
        KafkaInferenceTransport.create(
            base.vertx(),
            base.config(),
            local.client(),
            opened.photosId(),
            new TopicMetrics(base.registry()),
            new KafkaClientMeters(base.registry()),
            base.clock());
    transport.register(base.states());
    return transport;
  }

  private Future<Void> assigned() {
    return partitions()
        .timeout(ASSIGNMENT_SECONDS, TimeUnit.SECONDS)
        .recover(
            none -> {
              if (transport.refusal().isPresent()) {
                return Future.failedFuture(transport.refusal().get());
              }
              LOG.info("No partitions yet: standing by");
              return Future.succeededFuture();
            });
  }

  private Future<Void> partitions() {
    return base.vertx()
        .timer(LOOK_MILLIS)
        .compose(
            looked ->
                transport
                    .refusal()
                    .map(Future::<Void>failedFuture)
                    .orElseGet(
                        () -> transport.assigned() ? Future.succeededFuture() : partitions()));
  }

  @Override
  public Future<Void> stop() {
    Future<Void> quiet = transport == null ? Future.succeededFuture() : transport.stop();
    return quiet
        .eventually(connection::close)
        .eventually(() -> inference == null ? Future.succeededFuture() : inference.stop());
  }

  @Override
  public InferenceCapacity capacity() {
    return local.client().capacity();
  }

  @Override
  public String unavailable() {
    return "no inference worker is available";
  }

  @Override
  public Duration pollAge() {
    return transport == null ? Duration.ZERO : transport.pollAge();
  }

  @Override
  public int port() {
    return 0;
  }
}
