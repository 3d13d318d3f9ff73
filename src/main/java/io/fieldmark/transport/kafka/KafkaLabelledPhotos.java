package io.fieldmark.transport.kafka;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.LabelledPhotos;
import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import io.fieldmark.validation.ImageValidator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Photos kept on a topic of their own, fetched from the photos' topic while they are there. One is
 * fetched at a time, on a thread that may block; as many wait for that as its callers let in. It
 * has a producer of its own, or photos would wait behind it. A photo that was taken back leaves the
 * broker although nothing else is written: {@link SegmentCloser}.
 */
final class KafkaLabelledPhotos implements LabelledPhotos {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaLabelledPhotos.class);

  private static final String THREAD = "labelled-photos";

  private final WorkerExecutor fetching;
  private final StoredPhotos stored;
  private final PhotoPositions positions;
  private final Uuid photosId;
  private final ImageValidator validator;
  private final BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping;
  private final KafkaWriteStream<byte[], byte[]> producer;
  private final SegmentCloser closer;
  private final String topic;
  private final Duration sendTimeout;
  private final Clock clock;

  /**
   * @param fetching with one thread
   * @param photosId tells the photos' topic from a later one of the same name
   * @param stripping makes a file of the picture and nothing else; empty when that cannot be done
   * @param topic of the photos that are kept
   */
  KafkaLabelledPhotos(
      WorkerExecutor fetching,
      StoredPhotos stored,
      PhotoPositions positions,
      Uuid photosId,
      ImageValidator validator,
      BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping,
      KafkaWriteStream<byte[], byte[]> producer,
      SegmentCloser closer,
      String topic,
      Duration sendTimeout,
      Clock clock) {
    this.fetching = fetching;
    this.stored = stored;
    this.positions = positions;
    this.photosId = photosId;
    this.validator = validator;
    this.stripping = stripping;
    this.producer = producer.exceptionHandler(told -> {});
    this.closer = closer;
    this.topic = topic;
    this.sendTimeout = sendTimeout;
    this.clock = clock;
  }

  /** Makes the clients, which takes long. */
  static KafkaLabelledPhotos open(
      Vertx vertx,
      AppConfig config,
      ClientProperties properties,
      Uuid photosId,
      BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping,
      Clock clock) {
    KafkaConfig kafka = config.kafka();
    String topic = kafka.topics().labelledPhotos();
    KafkaWriteStream<byte[], byte[]> producer =
        KafkaWriteStream.create(vertx, new KafkaProducer<>(properties.labelledProducer()));
    return new KafkaLabelledPhotos(
        vertx.createSharedWorkerExecutor(THREAD, 1),
        new StoredPhotos(properties.reader(), kafka.topics().photos(), kafka.sendTimeout()),
        new PhotoPositions(Math.max(1, config.ingestion().retained().count())),
        photosId,
        new ImageValidator(config.ingestion().image()),
        stripping,
        producer,
        new SegmentCloser(vertx, producer, topic, TopicPlan.LABELLED_SEGMENT.dividedBy(2), clock),
        topic,
        kafka.sendTimeout(),
        clock);
  }

  /** Every result that is visible. */
  void answered(ResultRecord record) {
    positions.answered(record);
  }

  /** Where it was kept under an earlier label, it teaches what somebody has said is wrong. */
  @Override
  public Future<Keeping> keep(Feedback feedback, String label) {
    return inOrder(() -> begin(feedback, label))
        .otherwise(failure -> failed(feedback.id(), Access.read(stored.topic()).tell(failure)))
        .compose(
            became ->
                became == Keeping.KEPT
                    ? Future.succeededFuture(became)
                    : forget(feedback.id()).map(became));
  }

  /**
   * What is asked for later is handed to the producer later: a photo that is taken back while it is
   * still fetched does not come after that.
   */
  private <T> Future<T> inOrder(Callable<Future<T>> work) {
    return fetching.executeBlocking(work, false).compose(sent -> sent);
  }

  private Future<Keeping> begin(Feedback feedback, String label) {
    return positions
        .find(feedback.id())
        .flatMap(position -> fetch(feedback.id(), position))
        .map(photo -> send(feedback, label, photo))
        .orElse(Future.succeededFuture(Keeping.GONE));
  }

  private Optional<ImageFile> fetch(RequestId id, ImagePosition position) {
    return stored
        .fetch(position)
        .map(record -> PhotoFormat.read(record, photosId, validator, clock))
        .filter(photo -> photo.id().equals(id))
        .flatMap(photo -> file(photo.admission()));
  }

  private static Optional<ImageFile> file(Admission<InferenceRequest> admission) {
    return switch (admission) {
      case Admission.Admitted<InferenceRequest> admitted -> Optional.of(admitted.value().image());
      case Admission.Refused<InferenceRequest> refused -> Optional.empty();
    };
  }

  private Future<Keeping> send(Feedback feedback, String label, ImageFile photo) {
    ImageFormat format = photo.header().format();
    Optional<byte[]> picture = stripping.apply(format, photo.bytes());
    if (picture.isEmpty()) {
      return Future.succeededFuture(
          failed(feedback.id(), "what is not the picture cannot be told from it"));
    }
    RequestId event = RequestId.next(clock.instant());
    return send(LabelledFormat.write(
            topic, feedback, label, format, picture.get(), event, clock.instant()))
        .map(Keeping.KEPT)
        .otherwise(failure -> failed(feedback.id(), Access.write(topic).tell(failure)));
  }

  private Future<Void> send(ProducerRecord<byte[], byte[]> record) {
    return producer.send(record).timeout(sendTimeout.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private static Keeping failed(RequestId id, String why) {
    LOG.atWarn().addKeyValue("request", id).log("A labelled photo is not kept: {}", why);
    return Keeping.FAILED;
  }

  @Override
  public Future<Boolean> forget(RequestId id) {
    return inOrder(() -> send(LabelledFormat.forgotten(topic, id)))
        .map(true)
        .otherwise(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("request", id)
                  .log("A labelled photo is not removed: {}", Access.write(topic).tell(failure));
              return false;
            });
  }

  /** How many photos can be fetched. */
  int size() {
    return positions.size();
  }

  int bound() {
    return positions.bound();
  }

  /** Lets everything that is on its way arrive. */
  Future<Void> close() {
    closer.stop();
    return producer
        .close(sendTimeout.toMillis())
        .eventually(
            () ->
                fetching.executeBlocking(
                    () -> {
                      stored.close();
                      return null;
                    }))
        .eventually(fetching::close);
  }
}
