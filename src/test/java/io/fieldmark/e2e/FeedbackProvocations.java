package io.fieldmark.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldmark.domain.RequestId;
import io.fieldmark.e2e.OpenApiDocument.Operation;
import io.fieldmark.transport.LabelledPhotos.Keeping;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How to get each answer that the document promises to those who say whether an answer was right.
 */
final class FeedbackProvocations {
  private static final Operation SAY = new Operation("POST", "/v1/predictions/{id}/feedback");
  private static final Operation QUALITY = new Operation("GET", "/v1/models/{name}/quality");
  private static final Upload PHOTO = Upload.good("image/jpeg");

  private final ApiClient serving;
  private final PlayedFeedback played;

  /**
   * @param serving has a model
   */
  FeedbackProvocations(ApiClient serving, PlayedFeedback played) {
    this.serving = serving;
    this.played = played;
  }

  List<Provocation> all() {
    return Stream.of(taken(), kept(), refused(), absent(), busy(), quality())
        .flatMap(provocations -> provocations)
        .toList();
  }

  private Stream<Provocation> taken() {
    return Stream.of(
            "{\"correct\":true}",
            "{\"correct\":false}",
            " { \"label\" : \"okapi\", \"correct\" : false } ",
            "{\"correct\":false,\"label\":\"Großer Ameisenbär\"}")
        .map(body -> Provocation.of(SAY, 200, body, () -> say(answered(), body)));
  }

  private Stream<Provocation> kept() {
    return Arrays.stream(Keeping.values())
        .map(
            keeping ->
                Provocation.of(
                    SAY,
                    200,
                    "the photo is " + keeping.wireName(),
                    () -> {
                      played.photos().become(keeping);
                      return played.say(played.answered(), "{\"correct\":true}");
                    }));
  }

  private Stream<Provocation> refused() {
    String longest = "{\"correct\":false,\"label\":\"%s\"}";
    return Stream.of(
            "",
            "no JSON",
            "[]",
            "{}",
            "{\"correct\":1}",
            "{\"correct\":\"true\"}",
            "{\"correct\":null}",
            "{\"correct\":true,\"correct\":false}",
            "{\"correct\":false,\"lable\":\"cat\"}",
            "{\"correct\":false,\"label\":null}",
            "{\"correct\":false,\"label\":[[[[\"cat\"]]]]}",
            "{\"correct\":false} {}",
            "{\"correct\":true,\"label\":\"okapi\"}",
            longest.formatted(""),
            longest.formatted("   "),
            longest.formatted(" cat"),
            longest.formatted("x".repeat(65)),
            longest.formatted("x".repeat(60_000)),
            longest.formatted("cat\\u0000"),
            longest.formatted("cat\\ndog"),
            longest.formatted("\\u202etac"),
            longest.formatted("\\ud83d"))
        .map(
            body ->
                new Provocation(
                    SAY,
                    400,
                    "malformed",
                    body.length() > 80 ? body.length() + " bytes" : body,
                    () -> say(answered(), body)));
  }

  private Stream<Provocation> absent() {
    Instant now = Instant.now();
    return Stream.of(
        unknown(404, "unknown id", () -> RequestId.next(now).toString()),
        unknown(404, "malformed id", () -> "tiger"),
        unknown(404, "id of another kind", () -> "9b2f4f0e-7d0b-4d3c-9a53-0f5b1f1f0a11"),
        unknown(410, "old id", () -> RequestId.next(now.minus(Duration.ofDays(1))).toString()),
        Provocation.of(
            SAY, 404, "photo that was refused", () -> say(refusedId(), "{\"correct\":true}")));
  }

  private Provocation unknown(int status, String what, Supplier<String> id) {
    return Provocation.of(SAY, status, what, () -> say(id.get(), "{\"correct\":true}"));
  }

  private Stream<Provocation> busy() {
    String right = "{\"correct\":true}";
    return Stream.of(
        Provocation.of(
            SAY,
            503,
            "the broker is away",
            () -> {
              played.channel().refuseAll();
              HttpAnswer answer = played.say(played.answered(), right);
              played.channel().takeAll();
              return answer;
            }),
        Provocation.of(
            SAY,
            429,
            "more than there is room for",
            () -> played.whileThereIsNoRoom(id -> played.say(id, right))));
  }

  private Stream<Provocation> quality() {
    return Stream.of(
        Provocation.of(
            QUALITY,
            200,
            "after feedback",
            () -> {
              say(answered(), "{\"correct\":false,\"label\":\"okapi\"}");
              String name = serving.get("/v1/models").json().at("/models/0/name").asText();
              return serving.get(QUALITY.path(name));
            }),
        Provocation.of(
            QUALITY,
            200,
            "without feedback",
            () -> played.client().get(QUALITY.path("test-animals"))),
        Provocation.of(QUALITY, 404, "unknown model", () -> serving.get(QUALITY.path("unicorns"))));
  }

  private HttpAnswer say(String id, String body) throws Exception {
    return serving.post(SAY.path(id), Map.of(), body.getBytes(UTF_8));
  }

  private String answered() throws Exception {
    HttpAnswer answer = serving.post(PHOTO.target(), PHOTO.headers(), PHOTO.body());
    return answer.json().path("id").asText();
  }

  private String refusedId() throws Exception {
    return serving.post(PHOTO.target(), Map.of(), new byte[0]).problemId();
  }
}
