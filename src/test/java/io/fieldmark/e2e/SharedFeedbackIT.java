package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.KafkaCluster;
import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feedback where several processes take photos in, over a broker of their own. */
class SharedFeedbackIT {
  private static final byte[] PHOTO = DrawnImage.jpeg(96, 64);

  @TempDir private Path folder;

  private static JsonNode answered(RunningService service) throws Exception {
    return new ApiClient(service).post("/v1/predictions", Map.of(), PHOTO).json();
  }

  private static HttpAnswer say(RunningService service, JsonNode prediction, String opinion)
      throws Exception {
    String id = prediction.path("id").asText();
    return new ApiClient(service)
        .post("/v1/predictions/%s/feedback".formatted(id), Map.of(), opinion.getBytes(UTF_8));
  }

  private static JsonNode quality(RunningService service) {
    try {
      return new ApiClient(service).get("/v1/models/fieldmark-animals/quality").json();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static void awaitSamples(RunningService service, int count) throws InterruptedException {
    eventually(
        count + " answers are reckoned with",
        () -> quality(service).at("/accuracy/2/samples").asInt() == count);
  }

  @Test
  void everyProcessReckonsWithTheSameAlsoOneThatBeginsLaterAndABrokerThatIsAwayIsSaid()
      throws Exception {
    try (KafkaCluster broker = KafkaCluster.startBehindProxies(folder, 1)) {
      Map<String, String> cluster =
          Map.of("kafka.bootstrap_servers", broker.bootstrapServers(), "kafka.send_timeout", "1s");
      TestTopics.create(Configs.with(cluster));
      try (RunningService workers = RunningService.startTier("inference", cluster);
          RunningService one = RunningService.startTier("ingestion", cluster)) {
        assertThat(workers.metrics()).doesNotContain("fieldmark_feedback_total");
        JsonNode first = answered(one);
        assertThat(say(one, first, "{\"correct\":true}").status()).isEqualTo(200);
        assertThat(say(one, first, "{\"correct\":false,\"label\":\"okapi\"}").status())
            .isEqualTo(200);
        assertThat(say(one, answered(one), "{\"correct\":true}").status()).isEqualTo(200);
        awaitSamples(one, 2);
        try (RunningService other = RunningService.startTier("ingestion", cluster)) {
          awaitSamples(other, 2);
          assertThat(quality(other)).isEqualTo(quality(one));
          assertThat(other.metrics().lines())
              .filteredOn(line -> line.startsWith("fieldmark_feedback_total"))
              .allMatch(line -> line.endsWith(" 0.0"));
          JsonNode third = answered(other);
          eventually("the answer is known to both", () -> found(one, third));
          assertThat(say(one, third, "{\"correct\":false}").status()).isEqualTo(200);
          awaitSamples(other, 3);
          broker.proxy(1).cut();
          HttpAnswer away = say(one, third, "{\"correct\":true}");
          assertThat(away.status()).isEqualTo(503);
          assertThat(away.header("retry-after")).isEqualTo("2");
          broker.proxy(1).heal();
          eventually("the broker is back", () -> saidAgain(one, third));
          awaitSamples(other, 3);
        }
      }
    }
  }

  private static boolean found(RunningService service, JsonNode prediction) {
    try {
      String target = "/v1/predictions/" + prediction.path("id").asText();
      return new ApiClient(service).get(target).status() == 200;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static boolean saidAgain(RunningService service, JsonNode prediction) {
    try {
      return say(service, prediction, "{\"correct\":true}").status() == 200;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
