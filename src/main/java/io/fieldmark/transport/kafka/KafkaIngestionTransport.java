package io.fieldmark.transport.kafka;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.metrics.BacklogMetrics;
import io.fieldmark.metrics.KafkaClientMeters;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.FeedbackChannel;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.LabelledPhotos;
import io.fieldmark.transport.kafka.WorkerDirectory.Crew;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Uuid;

/**
 * The ingestion side of the topics: photos go out, results of everybody come in, and the broker's
 * offsets tell how much waits.
 */
public final class KafkaIngestionTransport {
  /** Ids remembered for each result that is kept, so that late duplicates are noticed. */
  private static final int REMEMBERED_PER_RESULT = 10;

  private static final int SILENT_ANNOUNCEMENTS = 5;

  private final Vertx vertx;
  private final AppConfig config;
  private final Admin admin;
  private final ClientProperties properties;
  private final Clock clock;
  private final WorkerDirectory workers;
  private final PendingReplies pending;
  private final VisibleResults visible;
  private final Ledger ledger = new Ledger();
  private final BacklogMonitor monitor;
  private final KafkaInferenceClient client;
  private final KafkaFeedback feedback;
  private final KafkaClientMeters meters;
  private Optional<KafkaLabelledPhotos> labelled = Optional.empty();
  private final List<String> deployed = new CopyOnWriteArrayList<>();

  /**
   * Makes the clients; nothing is read before {@link #start}.
   *
   * @param admin is closed with this
   */
  public KafkaIngestionTransport(
      Vertx vertx,
      AppConfig config,
      Admin admin,
      TopicMetrics metrics,
      KafkaClientMeters meters,
      Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.admin = admin;
    this.meters = meters;
    this.clock = clock;
    KafkaConfig kafka = config.kafka();
    this.properties =
        new ClientProperties(kafka, config.ingestion().image().maxBytes(), config.instanceName());
    this.workers =
        new WorkerDirectory(kafka.announceInterval().multipliedBy(SILENT_ANNOUNCEMENTS), clock);
    this.pending = new PendingReplies(vertx);
    int kept = Math.max(1, config.ingestion().retained().count());
    this.visible = new VisibleResults(REMEMBERED_PER_RESULT * kept);
    this.monitor =
        new BacklogMonitor(
            admin,
            kafka.topics().photos(),
            kafka.group(),
            kafka.monitorInterval(),
            ledger,
            metrics,
            clock);
    metrics.registerIngestion();
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties.photoProducer());
    meters.bind(producer);
    Admittance admittance =
        new Admittance(monitor, this::capacity, config.ingestion().retained().age(), clock);
    this.client =
        new KafkaInferenceClient(
            vertx,
            KafkaWriteStream.create(vertx, producer),
            kafka.topics().photos(),
            kafka.sendTimeout(),
            admittance,
            pending,
            visible,
            ledger,
            this::capacity,
            metrics,
            clock);
    this.feedback =
        new KafkaFeedback(
            KafkaWriteStream.create(vertx, new KafkaProducer<>(properties.feedbackProducer())),
            kafka.topics().feedback(),
            kafka.sendTimeout(),
            metrics,
            clock);
  }

  public InferenceClient client() {
    return client;
  }

  public FeedbackChannel feedback() {
    return feedback;
  }

  /**
   * Keeps photos with their labels. To be called before {@link #start}, and only where that is
   * wanted.
   *
   * @param photosId of the photos' topic
   * @param stripping makes a file of the picture and nothing else; empty when that cannot be done
   */
  public LabelledPhotos keepPhotos(
      Uuid photosId, BiFunction<ImageFormat, byte[], Optional<byte[]>> stripping) {
    KafkaLabelledPhotos photos =
        KafkaLabelledPhotos.open(vertx, config, properties, photosId, stripping, clock);
    client.onVisible(photos::answered);
    labelled = Optional.of(photos);
    return photos;
  }

  /**
   * Completes when the results of the time that is kept are read, so that any id can be answered.
   * Listeners must be there before.
   */
  public Future<Void> start() {
    KafkaConfig.Topics topics = config.kafka().topics();
    Duration kept = config.ingestion().retained().age();
    TopicReader workersReader =
        new TopicReader(properties.reader(), topics.workers(), Optional.empty(), workers::read);
    TopicReader resultsReader =
        new TopicReader(
            properties.reader(),
            topics.results(),
            Optional.of(clock.instant().minus(kept)),
            client::resultRead);
    TopicReader feedbackReader =
        new TopicReader(properties.reader(), topics.feedback(), Optional.empty(), feedback::read);
    // The ledger's books are opened by the first look, before the first result is entered.
    return deploy(workersReader)
        .compose(read -> deploy(monitor))
        .compose(
            looked ->
                Future.all(
                    deploy(resultsReader),
                    deploy(feedbackReader).onSuccess(read -> feedback.caughtUp())))
        .mapEmpty();
  }

  private Future<Void> deploy(VerticleBase verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployed::add).mapEmpty();
  }

  private InferenceCapacity capacity() {
    Crew crew = workers.crew();
    Backlog backlog = monitor.backlog();
    int bound = config.kafka().maxBacklog();
    long waiting = Math.max(0, backlog.unanswered() - crew.inWork());
    return new InferenceCapacity(
        monitor.brokerPresent(),
        (int) Math.min(Integer.MAX_VALUE, waiting),
        bound,
        crew.workers(),
        crew.busy(),
        crew.throughput(),
        backlog.age(clock.instant()),
        Duration.ZERO,
        crew.models());
  }

  public void register(BacklogMetrics metrics) {
    metrics.register(
        config.kafka().topics().photos(),
        config.kafka().group(),
        () -> monitor.backlog().unanswered(),
        () -> monitor.backlog().age(clock.instant()),
        this::drainTime,
        () -> monitor.backlog().timeLeft(clock.instant()),
        ledger::imbalance);
    metrics.registerFill(
        "pending.replies", pending::size, config.ingestion().maxInflightRequests());
    labelled.ifPresent(
        photos -> metrics.registerFill("photo.positions", photos::size, photos.bound()));
    metrics.registerFill("remembered.results", visible::size, visible.bound());
  }

  private Optional<Duration> drainTime() {
    long unanswered = monitor.backlog().unanswered();
    return workers.crew().throughput().stream()
        .mapToObj(speed -> Duration.ofNanos((long) (unanswered / speed * 1e9)))
        .findFirst()
        .or(() -> unanswered == 0 ? Optional.of(Duration.ZERO) : Optional.empty());
  }

  /** To be called when nobody waits any more. Lets photos that are on their way arrive. */
  public Future<Void> stop() {
    return client
        .close()
        .eventually(feedback::close)
        .eventually(() -> labelled.map(KafkaLabelledPhotos::close).orElse(Future.succeededFuture()))
        .eventually(() -> Future.join(deployed.stream().map(vertx::undeploy).toList()))
        .eventually(
            () ->
                vertx.executeBlocking(
                    () -> {
                      admin.close(Duration.ofSeconds(1));
                      return null;
                    }))
        .onComplete(closed -> meters.close());
  }
}
