package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.LabelledConfig;
import io.fieldmark.labelled.LabelledFolder;
import io.fieldmark.labelled.PhotoFile;
import io.fieldmark.labelled.RecentPhotos;
import io.fieldmark.labelled.RememberingClient;
import io.fieldmark.metrics.LabelledMetrics;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.eventbus.EventBusTransport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Both tiers in one JVM, with its event bus between them. */
final class StandaloneAssembly implements Assembly {
  private static final long RELEASE_MILLIS = 10_000;

  private final Foundation base;
  private EventBusTransport transport;
  private IngestionTier ingestion;
  private InferenceTier inference;

  StandaloneAssembly(Foundation base) {
    this.base = base;
  }

  @Override
  public Future<Void> open() {
    AppConfig.Inference config = base.config().inference();
    return EventBusTransport.open(
            base.vertx(), config.queueCapacity(), config.maxBatch(), base.clock())
        .onSuccess(
            opened -> {
              transport = opened;
              base.states().registerCapacity(opened.client()::capacity);
              inference = new InferenceTier(base, opened.server());
            })
        .compose(this::ingestion)
        .onSuccess(tier -> ingestion = tier)
        .mapEmpty();
  }

  private Future<IngestionTier> ingestion(EventBusTransport opened) {
    LabelledConfig photos = base.config().feedback().photos();
    return photos.stored()
        ? storing(opened, photos)
        : Future.succeededFuture(
            new IngestionTier(base, opened.client(), opened.feedback(), Optional.empty()));
  }

  private Future<IngestionTier> storing(EventBusTransport opened, LabelledConfig photos) {
    RecentPhotos recent =
        new RecentPhotos(
            photos.maxRecentBytes(), base.config().ingestion().retained().age(), base.clock());
    base.vertx().setPeriodic(RELEASE_MILLIS, tick -> recent.releaseOld());
    return LabelledFolder.open(base.vertx(), photos, recent, PhotoFile::withoutMetadata)
        .onSuccess(
            folder ->
                LabelledMetrics.registerFills(
                    base.registry(), recent::bytes, recent.bound(), folder::bytes, folder.bound()))
        .map(
            folder ->
                new IngestionTier(
                    base,
                    new RememberingClient(opened.client(), recent),
                    opened.feedback(),
                    Optional.of(folder)));
  }

  @Override
  public Future<Void> start() {
    return ingestion.start().compose(listening -> inference.start());
  }

  @Override
  public Future<Void> stop() {
    return ingestion == null
        ? Future.succeededFuture()
        : ingestion.stop().eventually(inference::stop);
  }

  @Override
  public InferenceCapacity capacity() {
    return transport.client().capacity();
  }

  @Override
  public String unavailable() {
    return "no inference worker is available";
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
