package io.fieldmark.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldmark.RunningIngestion;
import io.fieldmark.testing.ScriptedFeedback;
import io.fieldmark.testing.ScriptedPhotos;
import io.fieldmark.testing.StoringClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Ingestion with room for one feedback at a time, whose inference, whose channel for feedback and
 * whose place for photos the test plays.
 */
final class PlayedFeedback implements AutoCloseable {
  private static final Upload PHOTO = Upload.good("image/jpeg");

  private final StoringClient inference = StoringClient.storingNothing();
  private final ScriptedFeedback channel = new ScriptedFeedback();
  private final ScriptedPhotos photos = new ScriptedPhotos();
  private final RunningIngestion ingestion;
  private final ApiClient client;

  /** What a client does while there is no room. */
  interface Asking {
    HttpAnswer ask(String id) throws Exception;
  }

  PlayedFeedback() throws Exception {
    this.ingestion =
        RunningIngestion.start(
            inference, channel, Optional.of(photos), Map.of("feedback.max_inflight", "1"));
    this.client = new ApiClient(ingestion.port());
  }

  ApiClient client() {
    return client;
  }

  ScriptedFeedback channel() {
    return channel;
  }

  ScriptedPhotos photos() {
    return photos;
  }

  double metric(String series) {
    return ingestion.metric(series);
  }

  /** The id of an answer that can be spoken of: a cat. */
  String answered() throws Exception {
    CompletableFuture<HttpAnswer> answer =
        client.postLater(PHOTO.target(), PHOTO.headers(), PHOTO.body());
    inference.take().predict();
    return answer.join().json().path("id").asText();
  }

  HttpAnswer say(String id, String body) throws Exception {
    return client.post("/v1/predictions/%s/feedback".formatted(id), Map.of(), body.getBytes(UTF_8));
  }

  HttpAnswer takeBack(String id) throws Exception {
    return client.send("DELETE", "/v1/predictions/%s/feedback".formatted(id));
  }

  HttpAnswer whileThereIsNoRoom(Asking asking) throws Exception {
    String id = answered();
    channel.hold();
    CompletableFuture<HttpAnswer> first =
        client.postLater(
            "/v1/predictions/%s/feedback".formatted(id),
            Map.of(),
            "{\"correct\":true}".getBytes(UTF_8));
    channel.awaitHeld();
    HttpAnswer answer = asking.ask(id);
    channel.release();
    first.join();
    return answer;
  }

  @Override
  public void close() {
    ingestion.close();
  }
}
