package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.DrawnImage;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What users rely on, over real HTTP with the real model, whatever stands between the tiers. */
abstract class ServiceScenario extends Scenario {
  private static final String PREDICTIONS = "/v1/predictions";
  private static final byte[] PHOTO = DrawnImage.jpeg(640, 480);
  private static final byte[] DAMAGED = Arrays.copyOf(PHOTO, PHOTO.length / 3);

  private double metric(String series) {
    return service().metric(series).orElseThrow(() -> new AssertionError("no series " + series));
  }

  @Test
  void hundredsOfMixedUploadsEachGetTheirOwnAnswer() throws Exception {
    double ok = metric("fieldmark_requests_total{outcome=\"ok\",reason=\"none\",source=\"http\"}");
    int rounds = 200;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<HttpAnswer>> good = new ArrayList<>();
      List<Future<HttpAnswer>> bad = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        good.add(threads.submit(() -> client().post(PREDICTIONS, Map.of(), PHOTO)));
        bad.add(threads.submit(() -> client().post(PREDICTIONS, Map.of(), DAMAGED)));
      }
      String label = good.get(0).get().json().path("label").asText();
      assertThat(label).isNotEmpty();
      for (Future<HttpAnswer> answer : good) {
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().json().path("label").asText()).isEqualTo(label);
      }
      for (Future<HttpAnswer> answer : bad) {
        assertThat(answer.get().status()).isEqualTo(422);
      }
    }
    assertThat(metric("fieldmark_requests_total{outcome=\"ok\",reason=\"none\",source=\"http\"}"))
        .isEqualTo(ok + rounds);
  }

  @Test
  void anAnswerCanBeFetchedByItsId() throws Exception {
    JsonNode answered = client().post(PREDICTIONS, Map.of(), PHOTO).json();
    HttpAnswer fetched = client().get(PREDICTIONS + "/" + answered.path("id").asText());
    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.json()).isEqualTo(answered);
  }

  @Test
  void aRefusalCanBeFetchedByItsIdToo() throws Exception {
    HttpAnswer refused = client().post(PREDICTIONS, Map.of(), DAMAGED);
    HttpAnswer fetched = client().get(PREDICTIONS + "/" + refused.problemId());
    assertThat(fetched.status()).isEqualTo(422);
    assertThat(fetched.json()).isEqualTo(refused.json());
  }

  @Test
  void watchersSeeWhatPassesThroughAndNothingThatLeadsBackToAPhoto() throws Exception {
    HttpAnswer event = client().firstEvent(PREDICTIONS + "/stream", this::send);
    assertThat(event.body()).contains("event: prediction", "\"label\"", "\"verdict\"");
    assertThat(event.body()).doesNotContain("\"id\"");
  }

  private void send() {
    try {
      assertThat(client().post(PREDICTIONS, Map.of(), PHOTO).status()).isEqualTo(200);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleTakesNoRoom() throws Exception {
    double cancelled = metric("fieldmark_rejected_total{code=\"499\",reason=\"cancelled\"}");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service().port())) {
      String head = "POST /v1/predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      client().awaitCapacity(now -> now.at("/inflight/requests").asInt() == 1);
      assertThat(client().get("/v1/capacity").json().at("/inflight/bytes").asInt())
          .isEqualTo(100_000);
    }
    client().awaitIdle();
    eventually(
        "the departure is counted",
        () ->
            metric("fieldmark_rejected_total{code=\"499\",reason=\"cancelled\"}") == cancelled + 1);
  }

  @Test
  void anUploadThatDripsBeyondItsDeadlineIsAnsweredAndCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service().port())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /v1/predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
              + "X-Request-Timeout: 0.2\r\n\r\nabc";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String untilTheEnd =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(untilTheEnd).startsWith("HTTP/1.1 504 ").contains("'receive'");
    }
  }

  @Test
  void theLastConfidenceIsTheCustomersGauge() throws Exception {
    JsonNode answered = client().post(PREDICTIONS, Map.of(), PHOTO).json();
    assertThat(metric("latest_confidence_score"))
        .isCloseTo(100 * answered.path("confidence").asDouble(), offset(0.01));
  }

  @Test
  void probesAnswerOnTheManagementPort() {
    for (String probe : List.of("live", "ready", "started")) {
      assertThat(service().management("/health/" + probe).statusCode()).as(probe).isEqualTo(200);
    }
    assertThat(service().management("/info").body()).contains("fieldmark-animals");
  }

  @Test
  void scrapersGetTheFormatTheyAskFor() {
    assertThat(service().metrics()).contains("# TYPE fieldmark_requests_total counter");
    assertThat(service().management("/metrics", "application/openmetrics-text").body())
        .endsWith("# EOF\n");
  }
}
