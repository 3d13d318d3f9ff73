package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.eventbus.EventBusTransport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Both tiers in one JVM, with its event bus between them. */
final class StandaloneAssembly implements Assembly {
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
              ingestion =
                  new IngestionTier(base, opened.client(), opened.feedback(), Optional.empty());
              inference = new InferenceTier(base, opened.server());
            })
        .mapEmpty();
  }

  @Override
  public Future<Void> start() {
    return ingestion.start().compose(listening -> inference.start());
  }

  @Override
  public Future<Void> stop() {
    return transport == null
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
