package io.fieldmark;

import io.fieldmark.labelled.PhotoFile;
import io.fieldmark.metrics.BacklogMetrics;
import io.fieldmark.metrics.KafkaClientMeters;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.LabelledPhotos;
import io.fieldmark.transport.kafka.KafkaConnection;
import io.fieldmark.transport.kafka.KafkaIngestionTransport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** The ingestion tier alone, with Kafka behind it; no model, no native library. */
final class IngestionAssembly implements Assembly {
  private final Foundation base;
  private final KafkaConnection connection;
  private volatile KafkaIngestionTransport transport;
  private volatile IngestionTier ingestion;

  IngestionAssembly(Foundation base) {
    this.base = base;
    this.connection = new KafkaConnection(base.vertx(), base.config());
  }

  /** Waits for the broker; fails when its topics are not as they must be. */
  @Override
  public Future<Void> open() {
    return connection
        .open()
        .compose(opened -> base.vertx().executeBlocking(() -> build(opened)))
        .mapEmpty();
  }

  /** Kafka's clients take long to make. */
  private KafkaIngestionTransport build(KafkaConnection.Opened opened) {
    transport =
        new KafkaIngestionTransport(
            base.vertx(),
            base.config(),
            opened.admin(),
            new TopicMetrics(base.registry()),
            new KafkaClientMeters(base.registry()),
            base.clock());
    base.states().registerCapacity(transport.client()::capacity);
    Optional<LabelledPhotos> photos =
        base.config().feedback().photos().stored()
            ? Optional.of(transport.keepPhotos(opened.photosId(), PhotoFile::withoutMetadata))
            : Optional.empty();
    transport.register(new BacklogMetrics(base.registry()));
    ingestion = new IngestionTier(base, transport.client(), transport.feedback(), photos);
    return transport;
  }

  /** Results are read before uploads can come in, so that none is missed. */
  @Override
  public Future<Void> start() {
    return transport.start().compose(positioned -> ingestion.start());
  }

  @Override
  public Future<Void> stop() {
    return transport == null ? connection.close() : ingestion.stop().eventually(transport::stop);
  }

  @Override
  public InferenceCapacity capacity() {
    return transport.client().capacity();
  }

  @Override
  public String unavailable() {
    return "the broker is away";
  }

  @Override
  public Duration pollAge() {
    return Duration.ZERO;
  }

  @Override
  public int port() {
    return ingestion.port();
  }
}
