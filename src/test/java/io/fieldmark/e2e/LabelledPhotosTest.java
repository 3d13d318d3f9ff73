package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.RunningIngestion;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.StoringClient;
import io.fieldmark.transport.LabelledPhotos.Keeping;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which photos are kept when people speak of answers; all answers here are "cat". */
class LabelledPhotosTest {
  private static final String RIGHT = "{\"correct\":true}";
  private static final String WRONG = "{\"correct\":false}";
  private static final String LION = "{\"correct\":false,\"label\":\"lion\"}";

  private PlayedFeedback played;
  private String id;

  @BeforeEach
  void start() throws Exception {
    played = new PlayedFeedback();
    id = played.answered();
  }

  @AfterEach
  void stop() {
    played.close();
  }

  private JsonNode said(String opinion) throws Exception {
    HttpAnswer answer = played.say(id, opinion);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private Map<RequestId, String> kept() {
    return played.photos().labels();
  }

  private RequestId requestId() {
    return RequestId.parse(id).orElseThrow();
  }

  private double counted(String outcome) {
    return played.metric("fieldmark_labelled_photos_total{outcome=\"%s\"}".formatted(outcome));
  }

  @Test
  void aRightAnswerIsTheLabelAndAWrongOneIsGivenAnother() throws Exception {
    assertThat(said(RIGHT).path("photo").asText()).isEqualTo("kept");
    assertThat(kept()).containsOnly(Map.entry(requestId(), "cat"));
    assertThat(said(LION).path("photo").asText()).isEqualTo("kept");
    assertThat(kept()).containsOnly(Map.entry(requestId(), "lion"));
    assertThat(counted("kept")).isEqualTo(2);
  }

  @Test
  void whatNobodyKnowsIsNotKeptNorWhatWasKeptBefore() throws Exception {
    assertThat(said(WRONG).has("photo")).isFalse();
    said(RIGHT);
    assertThat(said(WRONG).has("photo")).isFalse();
    assertThat(kept()).isEmpty();
    assertThat(counted("forgotten")).isEqualTo(2);
    said(RIGHT);
    played.photos().refuseToForget();
    assertThat(said(WRONG).path("photo").asText()).isEqualTo("failed");
    assertThat(counted("failed")).isEqualTo(1);
  }

  @Test
  void feedbackCountsWhateverBecomesOfThePhoto() throws Exception {
    for (Keeping keeping : new Keeping[] {Keeping.GONE, Keeping.FAILED}) {
      played.photos().become(keeping);
      assertThat(said(LION).path("photo").asText()).isEqualTo(keeping.wireName());
      assertThat(counted(keeping.wireName())).isEqualTo(1);
    }
    assertThat(played.metric("fieldmark_feedback_retained")).isEqualTo(1);
    assertThat(played.metric("fieldmark_feedback_inflight")).isZero();
  }

  @Test
  void feedbackThatDoesNotCountKeepsNothing() throws Exception {
    played.channel().refuseAll();
    assertThat(played.say(id, RIGHT).status()).isEqualTo(503);
    assertThat(kept()).isEmpty();
    assertThat(counted("kept")).isZero();
  }

  @Test
  void whatIsTakenBackIsAsIfItHadNeverBeenSaid() throws Exception {
    said(LION);
    assertThat(played.takeBack(id).status()).isEqualTo(204);
    assertThat(kept()).isEmpty();
    assertThat(played.metric("fieldmark_feedback_retained")).isZero();
    assertThat(played.takeBack(id).status()).isEqualTo(204);
    assertThat(said(LION).path("photo").asText()).isEqualTo("kept");
    assertThat(played.metric("fieldmark_feedback_retained")).isEqualTo(1);
  }

  @Test
  void ofTheTwoThatAreTakenBackEitherIsWhenTheOtherFails() throws Exception {
    said(LION);
    played.channel().refuseAll();
    assertThat(played.takeBack(id).status()).isEqualTo(503);
    assertThat(kept()).isEmpty();
    played.channel().takeAll();
    played.photos().refuseToForget();
    assertThat(played.takeBack(id).status()).isEqualTo(503);
    assertThat(played.metric("fieldmark_feedback_retained")).isZero();
  }

  @Test
  void withStorageOffNothingIsSaidOfPhotosAnywhere() throws Exception {
    StoringClient inference = StoringClient.storingNothing();
    try (RunningIngestion off = RunningIngestion.start(inference, Map.of())) {
      assertThatThrownBy(() -> off.metric("fieldmark_labelled_photos_total{outcome=\"kept\"}"))
          .hasMessageContaining("no series");
    }
  }
}
