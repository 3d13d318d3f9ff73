package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.DrawnImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** From an answer to the figures about it, whatever stands between the tiers. */
abstract class FeedbackScenario extends Scenario {
  private static final byte[] PHOTO = DrawnImage.jpeg(96, 64);

  private JsonNode answered() throws Exception {
    return client().post("/v1/predictions", Map.of(), PHOTO).json();
  }

  private static String target(JsonNode prediction) {
    return "/v1/predictions/%s/feedback".formatted(prediction.path("id").asText());
  }

  private HttpAnswer say(JsonNode prediction, String opinion) throws Exception {
    return client().post(target(prediction), Map.of(), opinion.getBytes(UTF_8));
  }

  private JsonNode quality(JsonNode prediction) {
    String model = prediction.at("/model/name").asText();
    try {
      return client().get("/v1/models/%s/quality".formatted(model)).json();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private double series(String series) {
    return service().metric(series).orElse(Double.NaN);
  }

  /** As it is now; figures may be a second old, and lack what another test has said. */
  private long retained() {
    return (long) series("fieldmark_feedback_retained");
  }

  @Test
  void whatIsSaidLastOfAnAnswerCountsInEveryFigure() throws Exception {
    JsonNode prediction = answered();
    String predicted = prediction.path("label").asText();
    long before = retained();
    assertThat(say(prediction, "{\"correct\":true}").status()).isEqualTo(200);
    HttpAnswer last = say(prediction, "{\"correct\":false,\"label\":\"okapi\"}");
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.json().path("predicted").asText()).isEqualTo(predicted);
    assertThat(last.json().path("label").asText()).isEqualTo("okapi");

    String confusion =
        "fieldmark_confusion{actual=\"other\",predicted=\"%s\"}".formatted(predicted);
    eventually("the confusion is told", () -> series(confusion) >= 1);
    eventually(
        "one answer more is reckoned with",
        () -> quality(prediction).at("/accuracy/0/samples").asLong() == before + 1);
    assertThat(quality(prediction).at("/confusion/cells").toString()).contains("\"other\"");
    assertThat(series("fieldmark_accuracy_samples{window=\"7d\"}")).isGreaterThanOrEqualTo(1);
    assertThat(series("fieldmark_accuracy{window=\"1h\"}")).isBetween(0.0, 1.0);
    assertThat(
            series("fieldmark_feedback_total{label=\"%s\",verdict=\"wrong\"}".formatted(predicted)))
        .isGreaterThanOrEqualTo(1);
    assertThat(series("fieldmark_calibration_error")).isBetween(0.0, 1.0);
    assertThat(series("fieldmark_feedback_retained_limit")).isEqualTo(20_000);
  }

  @Test
  void whatIsTakenBackCountsInNoFigure() throws Exception {
    JsonNode prediction = answered();
    long before = retained();
    HttpAnswer said = say(prediction, "{\"correct\":true}");
    assertThat(said.json().has("photo")).isFalse();
    eventually("it counts", () -> samples(prediction) == before + 1);
    for (int i = 0; i < 2; i++) {
      assertThat(client().send("DELETE", target(prediction)).status()).isEqualTo(204);
    }
    eventually("it counts no more", () -> samples(prediction) == before);
    double unreadable = series("fieldmark_feedback_unreadable_total");
    assertThat(unreadable)
        .satisfiesAnyOf(none -> assertThat(none).isNaN(), none -> assertThat(none).isZero());
  }

  private long samples(JsonNode prediction) {
    return quality(prediction).at("/accuracy/2/samples").asLong();
  }

  /** Far more than the network holds on its way. */
  @Test
  void aBodyWithoutAnEndIsCutOff() throws Exception {
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"
            .formatted(target(answered()));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(UTF_8));
      byte[] chunk = new byte[64 * 1024];
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  out.write(chunk);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFloodOfItIsTakenOrPutOffAndPhotosAreAnsweredMeanwhile() throws Exception {
    JsonNode prediction = answered();
    List<CompletableFuture<HttpAnswer>> flood = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] opinion = "{\"correct\":%s}".formatted(i % 2 == 0).getBytes(UTF_8);
      flood.add(client().postLater(target(prediction), Map.of(), opinion));
      if (i % 50 == 0) {
        assertThat(client().post("/v1/predictions", Map.of(), PHOTO).status()).isEqualTo(200);
      }
    }
    for (CompletableFuture<HttpAnswer> answer : flood) {
      assertThat(answer.join().status()).isIn(200, 429);
    }
    assertThat(series("fieldmark_feedback_inflight")).isZero();
  }
}
