package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.ingestion.AnswerGate;
import io.fieldmark.ingestion.ApiRouter;
import io.fieldmark.ingestion.ApiRouter.Resource;
import io.fieldmark.ingestion.CapacityHandler;
import io.fieldmark.ingestion.CountedPhotos;
import io.fieldmark.ingestion.DocumentHandler;
import io.fieldmark.ingestion.FeedbackHandler;
import io.fieldmark.ingestion.FeedbackIntake;
import io.fieldmark.ingestion.FeedbackTally;
import io.fieldmark.ingestion.FindPredictionHandler;
import io.fieldmark.ingestion.InFlightLimiter;
import io.fieldmark.ingestion.ModelsHandler;
import io.fieldmark.ingestion.PageHandler;
import io.fieldmark.ingestion.PhotoIntake;
import io.fieldmark.ingestion.PredictHandler;
import io.fieldmark.ingestion.PredictResponder;
import io.fieldmark.ingestion.Problem;
import io.fieldmark.ingestion.QualityHandler;
import io.fieldmark.ingestion.ResultResponder;
import io.fieldmark.ingestion.ResultStream;
import io.fieldmark.ingestion.RetainedResults;
import io.fieldmark.ingestion.StreamHandler;
import io.fieldmark.ingestion.UploadReader;
import io.fieldmark.ingestion.WaitingRoom;
import io.fieldmark.ingestion.WebVerticle;
import io.fieldmark.metrics.FeedbackMetrics;
import io.fieldmark.metrics.LabelledMetrics;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.metrics.StateMetrics;
import io.fieldmark.quality.FeedbackBook;
import io.fieldmark.quality.Quality;
import io.fieldmark.transport.FeedbackChannel;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.LabelledPhotos;
import io.fieldmark.validation.ImageValidator;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The public side: what is needed to take photos in and to give answers out. */
final class IngestionTier {
  /** Long enough for every client on its way in to have arrived, and for the door to be closed. */
  private static final long GATE_MILLIS = 200;

  private static final long TALLY_MILLIS = 2_000;

  private final Vertx vertx;
  private final AppConfig config;
  private final InferenceClient client;
  private final PipelineMetrics metrics;
  private final Supplier<LifecycleState> lifecycle;
  private final Clock clock;
  private final InFlightLimiter limiter;
  private final RetainedResults retained;
  private final ResultStream stream;
  private final WaitingRoom room;
  private final FeedbackIntake intake;
  private final FeedbackTally tally;
  private final AnswerGate gate = new AnswerGate();
  private final Map<String, WebVerticle> deployed = new ConcurrentHashMap<>();
  private volatile int port;

  /**
   * @param photos where those are kept that somebody told the label of; empty when none are
   */
  IngestionTier(
      Foundation base,
      InferenceClient client,
      FeedbackChannel feedback,
      Optional<LabelledPhotos> photos) {
    this.vertx = base.vertx();
    this.config = base.config();
    this.client = client;
    this.metrics = base.metrics();
    this.lifecycle = base.lifecycle();
    this.clock = base.clock();
    AppConfig.Ingestion ingestion = config.ingestion();
    this.limiter =
        new InFlightLimiter(ingestion.maxInflightRequests(), ingestion.maxInflightBytes());
    this.retained = new RetainedResults(ingestion.retained(), clock);
    this.stream = new ResultStream(ingestion.maxStreams());
    this.room = new WaitingRoom(vertx, ingestion, client);
    this.intake =
        new FeedbackIntake(
            feedback,
            photos.map(kept -> counted(kept, base.registry())),
            config.feedback().maxInflight());
    FeedbackBook book = new FeedbackBook(config.feedback().maxEntries());
    this.tally =
        new FeedbackTally(
            book,
            () -> client.capacity().models(),
            new FeedbackMetrics(base.registry(), Quality.of(List.of(), Set.of(), clock.instant())),
            clock);
    feedback.onFeedback(tally);
    base.states().registerFill("feedback.retained", book::size, book.bound());
    client.onResult(retained::replace);
    client.onResult(stream::publish);
    register(base.states());
  }

  private static LabelledPhotos counted(LabelledPhotos photos, MeterRegistry registry) {
    return new CountedPhotos(photos, new LabelledMetrics(registry, CountedPhotos.outcomes()));
  }

  private void register(StateMetrics states) {
    metrics.registerIngestion(Problem::status);
    states.registerInflight(
        limiter::requests, limiter.maxRequests(), limiter::bytes, limiter.maxBytes());
    states.registerUnacknowledged(limiter::unacknowledged);
    states.registerFill("retained.results", retained::size, retained.bound());
    states.registerFill("feedback.inflight", intake::inflight, intake.bound());
    states.registerFill("streams", stream::size, stream.bound());
  }

  /** Completes when uploads can come in. */
  Future<Void> start() {
    vertx.setPeriodic(1, TALLY_MILLIS, tick -> tally());
    List<WebVerticle> verticles = new ArrayList<>();
    List<Future<String>> starting = new ArrayList<>();
    for (int i = 0; i < config.http().instances(); i++) {
      // Handlers of its own for each event loop; what they share is safe for all.
      ApiRouter router = new ApiRouter(new ResultResponder(lifecycle, gate), clock, resources());
      WebVerticle verticle =
          new WebVerticle(config.http(), router, stream, config.shutdown().timeout());
      verticles.add(verticle);
      starting.add(vertx.deployVerticle(verticle).onSuccess(id -> deployed.put(id, verticle)));
    }
    return Future.all(starting)
        .<Void>mapEmpty()
        .onSuccess(listening -> port = verticles.get(0).port());
  }

  /** A tally that takes longer than the time between two is not overtaken. */
  private void tally() {
    vertx.executeBlocking(
        () -> {
          tally.refresh();
          return null;
        });
  }

  private List<Resource> resources() {
    ResultResponder responder = new ResultResponder(lifecycle, gate);
    ImageValidator validator = new ImageValidator(config.ingestion().image());
    PageHandler page = new PageHandler();
    PredictHandler predict =
        new PredictHandler(
            config.ingestion(),
            limiter,
            new PhotoIntake(new UploadReader(validator), validator),
            retained,
            client,
            room,
            metrics,
            new PredictResponder(client, retained, responder, metrics));
    return List.of(
        new Resource("/v1/predictions", List.of(HttpMethod.POST), predict),
        new Resource(
            "/v1/predictions/stream",
            List.of(HttpMethod.GET),
            new StreamHandler(stream, responder)),
        Resource.read(
            "/v1/predictions/:id", new FindPredictionHandler(retained, client, responder)),
        new Resource(
            "/v1/predictions/:id/feedback",
            List.of(HttpMethod.POST, HttpMethod.DELETE),
            new FeedbackHandler(retained, intake, responder, clock)),
        Resource.read("/v1/models", new ModelsHandler(client, responder)),
        Resource.read("/v1/models/:name/quality", new QualityHandler(tally, responder)),
        Resource.read("/v1/capacity", new CapacityHandler(client, limiter, lifecycle, responder)),
        Resource.read("/openapi.yaml", new DocumentHandler("openapi.yaml", "application/yaml")),
        Resource.read("/asyncapi.yaml", new DocumentHandler("asyncapi.yaml", "application/yaml")),
        Resource.read("/", page),
        Resource.read("/*", page));
  }

  /** The public port that is listened on. */
  int port() {
    return port;
  }

  /** Accepts nothing more, and completes when what was accepted is answered. */
  Future<Void> stop() {
    // Time for most answers, and time for what remains to be told before connections are cut off.
    vertx.setTimer(config.shutdown().timeout().dividedBy(2).toMillis() + 1, late -> room.close());
    return Future.join(deployed.values().stream().map(WebVerticle::closeIdle).toList())
        .compose(
            none -> {
              gate.close();
              return vertx.timer(GATE_MILLIS);
            })
        .compose(
            none -> {
              Future<Void> stopped =
                  Future.join(deployed.keySet().stream().map(vertx::undeploy).toList()).mapEmpty();
              vertx.setTimer(GATE_MILLIS, opened -> gate.open());
              return stopped;
            });
  }
}
