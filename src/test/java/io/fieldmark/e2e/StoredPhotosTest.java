package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.RunningIngestion;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.StoringClient;
import io.fieldmark.testing.StoringClient.Submitted;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told where photos are stored before they are answered. */
class StoredPhotosTest {
  private static final String PREDICTIONS = "/v1/predictions";
  private static final byte[] PHOTO = Upload.good("image/jpeg").body();
  private static final Map<String, String> ASYNC = Map.of("Prefer", "respond-async");
  private static final Map<String, String> AT_ONCE = Map.of("Prefer", "wait=0");
  private static final Map<String, String> PATIENT = Map.of("Prefer", "wait=60");

  private final StoringClient broker = StoringClient.acknowledgingLater();
  private RunningIngestion ingestion;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    ingestion = RunningIngestion.start(broker, Map.of("ingestion.max_wait", "60s"));
    client = new ApiClient(ingestion.port());
  }

  @AfterEach
  void stop() {
    ingestion.close();
  }

  private CompletableFuture<HttpAnswer> post(Map<String, String> headers) {
    return client.postLater(PREDICTIONS, headers, PHOTO);
  }

  private static String path(RequestId id) {
    return PREDICTIONS + "/" + id;
  }

  private static void requirePending(HttpAnswer answer, RequestId id) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json()).hasSize(2);
    assertThat(answer.json().path("id").asText()).isEqualTo(id.toString());
    assertThat(answer.json().path("status").asText()).isEqualTo("pending");
    assertThat(answer.header("location")).isEqualTo(path(id));
    assertThat(answer.header("retry-after")).matches("[1-9][0-9]*");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.contentType()).isEqualTo("application/json");
  }

  @Test
  void whoPrefersItIsToldWhereToAskAsSoonAsThePhotoIsStored() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(ASYNC);
    Submitted photo = broker.take();
    assertThat(answer).isNotDone();
    photo.store(true);
    requirePending(answer.get(), photo.request().id());
    assertThat(answer.get().header("preference-applied")).isEqualTo("respond-async");
    assertThat(broker.cancelled()).containsExactly(photo.request().id());
  }

  @Test
  void anAnswerThatComesInTimeIsTheAnswer() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(PATIENT);
    Submitted photo = broker.take().store(true);
    photo.predict();
    assertThat(answer.get().status()).isEqualTo(200);
    assertThat(answer.get().json().path("id").asText()).isEqualTo(photo.request().id().toString());
    assertThat(answer.get().header("preference-applied")).isEmpty();
    assertThat(broker.cancelled()).isEmpty();
  }

  @Test
  void aWaitThatEndsIsAnsweredWhereToAsk() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(Map.of("Prefer", "respond-async, wait=1"));
    Submitted photo = broker.take().store(true);
    requirePending(answer.get(), photo.request().id());
    assertThat(answer.get().header("preference-applied")).isEqualTo("respond-async, wait=1");
  }

  @Test
  void whoPrefersNothingWaitsForTheConfiguredTime() throws Exception {
    try (RunningIngestion hasty =
        RunningIngestion.start(broker, Map.of("ingestion.default_wait", "0s"))) {
      CompletableFuture<HttpAnswer> answer =
          new ApiClient(hasty.port()).postLater(PREDICTIONS, Map.of(), PHOTO);
      Submitted photo = broker.take().store(true);
      requirePending(answer.get(), photo.request().id());
      assertThat(answer.get().header("preference-applied")).isEmpty();
    }
  }

  @Test
  void aPhotoThatIsNotStoredIsNeverPending() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(AT_ONCE);
    Submitted photo = broker.take().store(false);
    RequestId id = photo.request().id();
    photo.answer(
        Rejection.retryable(
            id, RejectionReason.UNAVAILABLE, "The broker is away.", Duration.ofSeconds(2)));
    assertThat(answer.get().status()).isEqualTo(503);
    assertThat(answer.get().problemId()).isEqualTo(id.toString());
    assertThat(answer.get().header("location")).isEqualTo(path(id));
    assertThat(answer.get().header("retry-after")).isEqualTo("2");
  }

  @Test
  void aPendingPhotoIsFoundWhenItIsAnswered() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(ASYNC);
    Submitted photo = broker.take().store(true);
    String location = answer.get().header("location");
    broker.waiting(42);
    HttpAnswer pending = client.get(location);
    requirePending(pending, photo.request().id());
    assertThat(pending.header("retry-after")).isEqualTo("42");
    photo.predict();
    eventually("the answer is found", () -> status(location) == 200);
  }

  private int status(String path) {
    try {
      return client.get(path).status();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void whatWillNotBeAnsweredIsGoneOrWasNeverThere() throws Exception {
    Instant now = Instant.now();
    assertThat(status(path(RequestId.next(now)))).isEqualTo(404);
    assertThat(status(path(RequestId.next(now.minus(Duration.ofDays(1)))))).isEqualTo(410);
    assertThat(status(path(RequestId.derived(new byte[32])))).isEqualTo(404);
  }

  @Test
  void onlyTheCallersTimeoutIsADeadline() throws Exception {
    CompletableFuture<HttpAnswer> first = post(ASYNC);
    assertThat(broker.take().store(true).request().deadline()).isEmpty();
    first.get();
    Instant before = Instant.now();
    CompletableFuture<HttpAnswer> second =
        post(Map.of("Prefer", "respond-async", "X-Request-Timeout", "7"));
    assertThat(broker.take().store(true).request().deadline().orElseThrow())
        .isBetween(before.plusSeconds(6), Instant.now().plusSeconds(7));
    second.get();
  }

  @Test
  void theTimeToArriveIsBoundedWithoutADeadline() throws Exception {
    try (RunningIngestion hasty =
            RunningIngestion.start(broker, Map.of("ingestion.request_timeout", "200ms"));
        Socket socket = drip(hasty.port(), 3)) {
      String untilTheEnd =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(untilTheEnd).startsWith("HTTP/1.1 504 ").contains("'receive'");
    }
  }

  /** Announces the photo and sends so many bytes of it. */
  private static Socket drip(int port, int bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    String head =
        "POST /v1/predictions HTTP/1.1\r\nHost: x\r\nPrefer: wait=60\r\nContent-Length: %d\r\n\r\n"
            .formatted(PHOTO.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(PHOTO, 0, bytes);
    return socket;
  }

  @Test
  void aStoredPhotoTakesNoRoomWhileItsRequestWaits() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(PATIENT);
    Submitted photo = broker.take();
    assertThat(client.get("/v1/capacity").json().at("/inflight/bytes").asInt())
        .isEqualTo(PHOTO.length);
    assertThat(ingestion.metric("fieldmark_uploads_unacknowledged")).isEqualTo(1);
    photo.store(true);
    client.awaitCapacity(now -> now.at("/inflight/bytes").asInt() == 0);
    assertThat(client.get("/v1/capacity").json().at("/inflight/requests").asInt()).isEqualTo(1);
    assertThat(ingestion.metric("fieldmark_uploads_unacknowledged")).isZero();
    photo.predict();
    answer.get();
    client.awaitIdle();
  }

  @Test
  void aClientThatLeavesGivesItsPlaceBackAndItsPhotoIsWorkedOn() throws Exception {
    Socket socket = drip(ingestion.port(), PHOTO.length);
    RequestId id = broker.take().store(true).request().id();
    client.awaitCapacity(now -> now.at("/inflight/bytes").asInt() == 0);
    socket.close();
    client.awaitIdle();
    assertThat(broker.cancelled()).containsExactly(id);
    assertThat(status(path(id))).isEqualTo(202);
    assertThat(ingestion.metric("fieldmark_rejected_total{code=\"499\",reason=\"cancelled\"}"))
        .isEqualTo(1);
  }

  @Test
  void whoStillWaitsWhenTheServiceEndsIsToldWhereToAsk() throws Exception {
    try (RunningIngestion ending =
        RunningIngestion.start(broker, Map.of("shutdown.timeout", "2s"))) {
      CompletableFuture<HttpAnswer> answer =
          new ApiClient(ending.port()).postLater(PREDICTIONS, PATIENT, PHOTO);
      Submitted photo = broker.take().store(true);
      Future<Void> stopped = ending.stop();
      requirePending(answer.get(), photo.request().id());
      await(stopped);
    }
  }

  @Test
  void aPendingRequestCountsAsAcceptedAndNeverAsAnError() throws Exception {
    CompletableFuture<HttpAnswer> answer = post(AT_ONCE);
    broker.take().store(true);
    answer.get();
    assertThat(
            ingestion.metric(
                "fieldmark_requests_total{outcome=\"accepted\",reason=\"none\",source=\"http\"}"))
        .isEqualTo(1);
    assertThat(
            ingestion.metric(
                "fieldmark_requests_total{outcome=\"error\",reason=\"internal\",source=\"http\"}"))
        .isZero();
  }
}
