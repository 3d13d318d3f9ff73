package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.RunningIngestion;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.StoringClient;
import io.fieldmark.testing.StoringClient.Submitted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same key with the same photo is the same request, however often it comes. */
class IdempotentUploadTest {
  private static final String PREDICTIONS = "/v1/predictions";
  private static final byte[] PHOTO = DrawnImage.png(96, 64);
  private static final byte[] OTHER_PHOTO = DrawnImage.png(64, 96);
  private static final Map<String, String> KEYED =
      Map.of("Idempotency-Key", "order-4711", "Prefer", "wait=60");

  private final StoringClient broker = StoringClient.acknowledgingAtOnce();
  private RunningIngestion ingestion;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    ingestion = RunningIngestion.start(broker, Map.of());
    client = new ApiClient(ingestion.port());
  }

  @AfterEach
  void stop() {
    ingestion.close();
  }

  private CompletableFuture<HttpAnswer> post(byte[] photo) {
    return client.postLater(PREDICTIONS, KEYED, photo);
  }

  private RequestId answered(byte[] photo) throws Exception {
    CompletableFuture<HttpAnswer> answer = post(photo);
    Submitted submitted = broker.take();
    submitted.predict();
    assertThat(answer.get().json().path("id").asText())
        .isEqualTo(submitted.request().id().toString());
    return submitted.request().id();
  }

  @Test
  void aRepeatIsAnsweredWithWhatIsKnownAndNotSentAgain() throws Exception {
    RequestId id = answered(PHOTO);
    assertThat(id.createdAt()).isEmpty();
    HttpAnswer again = post(PHOTO).get();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id").asText()).isEqualTo(id.toString());
    assertThat(broker.hasMore()).isFalse();
  }

  @Test
  void anotherPhotoUnderTheSameKeyIsAnotherRequest() throws Exception {
    assertThat(answered(OTHER_PHOTO)).isNotEqualTo(answered(PHOTO));
  }

  @Test
  void anotherInstanceGivesTheSameId() throws Exception {
    RequestId id = answered(PHOTO);
    try (RunningIngestion second = RunningIngestion.start(broker, Map.of())) {
      CompletableFuture<HttpAnswer> answer =
          new ApiClient(second.port()).postLater(PREDICTIONS, KEYED, PHOTO);
      Submitted submitted = broker.take();
      assertThat(submitted.request().id()).isEqualTo(id);
      submitted.predict();
      assertThat(answer.get().status()).isEqualTo(200);
    }
  }

  @Test
  void aRefusedPhotoIsRefusedUnderTheSameId() throws Exception {
    byte[] noPhoto = "no photo".getBytes(StandardCharsets.UTF_8);
    HttpAnswer first = post(noPhoto).get();
    assertThat(first.status()).isEqualTo(415);
    assertThat(RequestId.parse(first.problemId()).orElseThrow().createdAt()).isEmpty();
    assertThat(post(noPhoto).get().json()).isEqualTo(first.json());
    assertThat(client.get(PREDICTIONS + "/" + first.problemId()).status()).isEqualTo(415);
  }

  @Test
  void whoeverWaitsForTheSameIdGoesOnWaitingWhenAnotherStops() throws Exception {
    CompletableFuture<HttpAnswer> patient = post(PHOTO);
    Submitted first = broker.take();
    CompletableFuture<HttpAnswer> hasty =
        client.postLater(
            PREDICTIONS, Map.of("Idempotency-Key", "order-4711", "Prefer", "wait=0"), PHOTO);
    broker.take();
    assertThat(hasty.get().status()).isEqualTo(202);
    assertThat(broker.cancelled()).isEmpty();
    first.predict();
    assertThat(patient.get().status()).isEqualTo(200);
    assertThat(broker.cancelled()).isEmpty();
  }

  @Test
  void theLastThatWaitsForAnIdForgetsIt() throws Exception {
    Map<String, String> keyed = Map.of("Idempotency-Key", "order-4711", "Prefer", "wait=0");
    for (int times = 1; times <= 2; times++) {
      CompletableFuture<HttpAnswer> hasty = client.postLater(PREDICTIONS, keyed, PHOTO);
      broker.take();
      assertThat(hasty.get().status()).isEqualTo(202);
      assertThat(broker.cancelled()).hasSize(times);
    }
  }

  @Test
  void aKeyThatIsNoneIsRefused() throws Exception {
    HttpAnswer answer = client.post(PREDICTIONS, Map.of("Idempotency-Key", "k".repeat(256)), PHOTO);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("Idempotency-Key");
    assertThat(broker.hasMore()).isFalse();
  }

  @Test
  void whereNothingIsStoredPreferencesAreIgnored() throws Exception {
    StoringClient bus = StoringClient.storingNothing();
    try (RunningIngestion standalone = RunningIngestion.start(bus, Map.of())) {
      ApiClient caller = new ApiClient(standalone.port());
      CompletableFuture<HttpAnswer> answer =
          caller.postLater(PREDICTIONS, Map.of("Prefer", "respond-async, wait=0"), PHOTO);
      Submitted submitted = bus.take();
      assertThat(submitted.request().deadline()).isPresent();
      submitted.predict();
      assertThat(answer.get().status()).isEqualTo(200);
      assertThat(answer.get().header("preference-applied")).isEmpty();
      assertThat(caller.get(PREDICTIONS + "/" + RequestId.derived(new byte[32])).status())
          .isEqualTo(404);
    }
  }
}
