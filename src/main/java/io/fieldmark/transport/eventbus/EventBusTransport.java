package io.fieldmark.transport.eventbus;

import io.fieldmark.transport.FeedbackChannel;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.InferenceServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * Both ports within one JVM: requests and results pass by reference, and one bounded queue stands
 * between them.
 */
public final class EventBusTransport {
  private final InferenceClient client;
  private final InferenceServer server;
  private final FeedbackChannel feedback = new LocalFeedback();

  private EventBusTransport(InferenceClient client, InferenceServer server) {
    this.client = client;
    this.server = server;
  }

  /**
   * Once for each Vert.x.
   *
   * @param queueBound waiting requests at which further ones are refused
   * @param maxBatch requests that a worker is given at once, at most
   */
  public static Future<EventBusTransport> open(
      Vertx vertx, int queueBound, int maxBatch, Clock clock) {
    Addresses.registerCodecs(vertx.eventBus());
    BatchDispatcher dispatcher = new BatchDispatcher(new BatchQueue(queueBound, maxBatch), clock);
    return vertx
        .deployVerticle(dispatcher)
        .map(
            id ->
                new EventBusTransport(
                    new EventBusInferenceClient(vertx, dispatcher, clock),
                    new EventBusInferenceServer(vertx)));
  }

  public InferenceClient client() {
    return client;
  }

  public FeedbackChannel feedback() {
    return feedback;
  }

  public InferenceServer server() {
    return server;
  }
}
