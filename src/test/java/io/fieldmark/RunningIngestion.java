package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.metrics.StateMetrics;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.Eventually;
import io.fieldmark.testing.ScriptedFeedback;
import io.fieldmark.transport.FeedbackChannel;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.LabelledPhotos;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The ingestion tier alone, on a free port of the loopback, before a client that a test plays. */
public final class RunningIngestion implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final IngestionTier tier;

  private RunningIngestion(
      InferenceClient client,
      FeedbackChannel feedback,
      Optional<LabelledPhotos> photos,
      AppConfig config) {
    Foundation base =
        new Foundation(
            vertx,
            config,
            registry,
            new PipelineMetrics(registry),
            new StateMetrics(registry),
            () -> LifecycleState.SERVING,
            Clock.systemUTC());
    this.tier = new IngestionTier(base, client, feedback, photos);
  }

  public static RunningIngestion start(InferenceClient client, Map<String, String> changes)
      throws Exception {
    return start(client, new ScriptedFeedback(), changes);
  }

  public static RunningIngestion start(
      InferenceClient client, FeedbackChannel feedback, Map<String, String> changes)
      throws Exception {
    return start(client, feedback, Optional.empty(), changes);
  }

  /**
   * @param photos where those are kept that are labelled
   */
  public static RunningIngestion start(
      InferenceClient client,
      FeedbackChannel feedback,
      Optional<LabelledPhotos> photos,
      Map<String, String> changes)
      throws Exception {
    List<String> all =
        new ArrayList<>(List.of("http.host", "127.0.0.1", "shutdown.timeout", "100ms"));
    changes.forEach((key, value) -> all.addAll(List.of(key, value)));
    RunningIngestion ingestion =
        new RunningIngestion(client, feedback, photos, Configs.with(all.toArray(String[]::new)));
    Eventually.await(ingestion.tier.start());
    return ingestion;
  }

  /** As at the end of the program. */
  public Future<Void> stop() {
    return tier.stop();
  }

  public int port() {
    return tier.port();
  }

  public double metric(String series) {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }

  /** Soon: requests that a test left open are cut off. */
  @Override
  public void close() {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
    registry.close();
  }
}
