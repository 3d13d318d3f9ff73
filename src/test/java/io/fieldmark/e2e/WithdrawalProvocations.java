package io.fieldmark.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldmark.domain.RequestId;
import io.fieldmark.e2e.OpenApiDocument.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How to get each answer that the document promises to those who take back what they said. */
final class WithdrawalProvocations {
  private static final Operation TAKE_BACK =
      new Operation("DELETE", "/v1/predictions/{id}/feedback");
  private static final Upload PHOTO = Upload.good("image/jpeg");

  private final ApiClient serving;
  private final PlayedFeedback played;

  /**
   * @param serving has a model
   */
  WithdrawalProvocations(ApiClient serving, PlayedFeedback played) {
    this.serving = serving;
    this.played = played;
  }

  List<Provocation> all() {
    return List.of(
        Provocation.of(TAKE_BACK, 204, "after feedback", this::afterFeedback),
        Provocation.of(TAKE_BACK, 204, "without feedback", () -> takeBack(answered())),
        Provocation.of(TAKE_BACK, 204, "of an answer that is gone", () -> takeBack(old())),
        Provocation.of(TAKE_BACK, 404, "malformed id", () -> takeBack("tiger")),
        Provocation.of(TAKE_BACK, 503, "the broker is away", this::whileTheBrokerIsAway),
        Provocation.of(TAKE_BACK, 503, "the photo cannot be removed", this::whileThePhotoStays),
        Provocation.of(
            TAKE_BACK,
            429,
            "more than there is room for",
            () -> played.whileThereIsNoRoom(played::takeBack)));
  }

  private HttpAnswer afterFeedback() throws Exception {
    String id = answered();
    serving.post(TAKE_BACK.path(id), Map.of(), "{\"correct\":true}".getBytes(UTF_8));
    return takeBack(id);
  }

  private HttpAnswer takeBack(String id) throws Exception {
    return serving.send(TAKE_BACK.method(), TAKE_BACK.path(id));
  }

  private String answered() throws Exception {
    HttpAnswer answer = serving.post(PHOTO.target(), PHOTO.headers(), PHOTO.body());
    return answer.json().path("id").asText();
  }

  private static String old() {
    return RequestId.next(Instant.now().minus(Duration.ofDays(1))).toString();
  }

  private HttpAnswer whileTheBrokerIsAway() throws Exception {
    played.channel().refuseAll();
    HttpAnswer answer = played.takeBack(played.answered());
    played.channel().takeAll();
    return answer;
  }

  private HttpAnswer whileThePhotoStays() throws Exception {
    played.photos().refuseToForget();
    HttpAnswer answer = played.takeBack(played.answered());
    played.photos().forgetAgain();
    return answer;
  }
}
