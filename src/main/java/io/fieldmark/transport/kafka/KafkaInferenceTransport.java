package io.fieldmark.transport.kafka;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.metrics.KafkaClientMeters;
import io.fieldmark.metrics.StateMetrics;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.kafka.DeadLetterFormat.Reason;
import io.fieldmark.validation.ImageValidator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Uuid;

/**
 * The inference side of the topics: feeds the workers of this process, and carries their results
 * back.
 */
public final class KafkaInferenceTransport {
  private final Vertx vertx;
  private final KafkaConfig config;
  private final PhotoConsumer consumer;
  private final ResultPublisher publisher;
  private final WorkerAnnouncer announcer;
  private final KafkaClientMeters meters;
  private String deployment;

  private KafkaInferenceTransport(
      Vertx vertx,
      KafkaConfig config,
      PhotoConsumer consumer,
      ResultPublisher publisher,
      WorkerAnnouncer announcer,
      KafkaClientMeters meters) {
    this.vertx = vertx;
    this.config = config;
    this.consumer = consumer;
    this.publisher = publisher;
    this.announcer = announcer;
    this.meters = meters;
  }

  /**
   * Makes the clients; nothing is read before {@link #start}.
   *
   * @param local the workers of this process
   * @param photosId of the photos' topic
   */
  public static KafkaInferenceTransport create(
      Vertx vertx,
      AppConfig config,
      InferenceClient local,
      Uuid photosId,
      TopicMetrics metrics,
      KafkaClientMeters meters,
      Clock clock) {
    KafkaConfig kafka = config.kafka();
    ClientProperties properties =
        new ClientProperties(kafka, config.ingestion().image().maxBytes(), config.instanceName());
    metrics.registerInference(Arrays.stream(Reason.values()).map(Reason::wireName).toList());
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties.resultProducer());
    meters.bind(producer);
    KafkaWriteStream<byte[], byte[]> stream = KafkaWriteStream.create(vertx, producer);
    ResultPublisher publisher = new ResultPublisher(vertx, stream, metrics);
    OwnedPartitions owned = new OwnedPartitions(kafka.maxInflight());
    DrainingConsumer draining =
        new DrainingConsumer(properties.photoConsumer(), owned, kafka.drainTimeout(), metrics);
    meters.bind(draining);
    ImageValidator validator = new ImageValidator(config.ingestion().image());
    PhotoConsumer consumer =
        new PhotoConsumer(
            kafka.topics().photos(),
            draining,
            owned,
            record -> PhotoFormat.read(record, photosId, validator, clock),
            new PhotoAnswerer(vertx, local, publisher, kafka.topics(), metrics, clock),
            kafka.maxInflight() / 2,
            kafka.drainTimeout(),
            metrics);
    WorkerAnnouncer announcer =
        new WorkerAnnouncer(
            vertx,
            stream,
            kafka.topics().workers(),
            config.instanceName(),
            local::capacity,
            () -> Math.max(0, consumer.begun() - local.capacity().waiting()),
            clock);
    return new KafkaInferenceTransport(vertx, kafka, consumer, publisher, announcer, meters);
  }

  /** To be called when the workers are warm: photos come from now on. */
  public Future<Void> start() {
    return vertx
        .deployVerticle(consumer)
        .onSuccess(
            id -> {
              deployment = id;
              announcer.start(config.announceInterval());
            })
        .mapEmpty();
  }

  /** Finishes what is begun, commits it, and leaves the group. */
  public Future<Void> stop() {
    Future<Void> quiet = deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
    return quiet
        .eventually(announcer::stop)
        .eventually(() -> publisher.close(config.drainTimeout().toMillis()))
        .onComplete(closed -> meters.close());
  }

  public void register(StateMetrics states) {
    states.registerConsumer(
        config.topics().photos(),
        config.group(),
        this::pollAge,
        consumer::pausedPartitions,
        consumer::uncommitted,
        consumer::inWork,
        config.maxInflight());
  }

  /** Whether this process has partitions to answer. */
  public boolean assigned() {
    return consumer.assigned();
  }

  /** Why the broker does not let this process read, as long as that lasts. */
  public Optional<BrokerFailure> refusal() {
    return consumer.contact().refusal().map(failure -> BrokerFailure.of(failure, config));
  }

  /** How long ago the group last heard from this process. */
  public Duration pollAge() {
    return consumer.contact().age();
  }
}
