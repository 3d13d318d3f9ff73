package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where requests wait for their answer: until it comes, until their client's patience ends while
 * the photo is stored, or until the client leaves. Keeps no photo. Safe for any thread.
 */
public final class WaitingRoom {
  private final Vertx vertx;
  private final Ingestion config;
  private final InferenceClient client;

  /** Requests with the same key wait for the same id. */
  private final Map<RequestId, List<Visit>> waiting = new ConcurrentHashMap<>();

  private volatile boolean closing;

  public WaitingRoom(Vertx vertx, Ingestion config, InferenceClient client) {
    this.vertx = vertx;
    this.config = config;
    this.client = client;
  }

  /**
   * Hands a photo over and waits, on the context of its request.
   *
   * @param permit gives the photo's bytes back once it is stored
   * @param response tells when the client has gone
   */
  Future<Reply> ask(
      InferenceRequest request,
      Preferences preferences,
      InFlightLimiter.Permit permit,
      HttpServerResponse response) {
    Visit visit = new Visit(this, client, vertx, request.id(), permit);
    response.closeHandler(gone -> visit.clientLeft());
    return visit.begin(request, preferences.patience(config), preferences.applied(config));
  }

  void enter(Visit visit) {
    waiting.merge(
        visit.id(),
        List.of(visit),
        (there, one) -> Stream.concat(there.stream(), one.stream()).toList());
  }

  /**
   * To be called once for each visit. The last that waits for an id cancels it, inside the map's
   * lock: no other visit of the same id begins in between.
   *
   * @param unanswered whether its photo may still be worked on
   */
  void leave(Visit visit, boolean unanswered) {
    waiting.computeIfPresent(
        visit.id(),
        (id, there) -> {
          List<Visit> others = there.stream().filter(other -> other != visit).toList();
          if (!others.isEmpty()) {
            return others;
          }
          if (unanswered) {
            client.cancel(id);
          }
          return null;
        });
  }

  boolean isClosing() {
    return closing;
  }

  /** Nobody waits any longer for a photo that is stored: its answer can be had elsewhere. */
  public void close() {
    closing = true;
    waiting.values().forEach(visits -> visits.forEach(Visit::roomCloses));
  }
}
