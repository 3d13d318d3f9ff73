package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.domain.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The values of results. Fields are only ever added; readers ignore what they do not know. Reading
 * throws an unchecked exception for what makes no sense.
 */
final class ResultJson {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String MILLIS = "_ms";

  private ResultJson() {}

  static JsonObject write(InferenceResult result) {
    return switch (result) {
      case Prediction prediction -> write(prediction);
      case Rejection rejection -> write(rejection);
    };
  }

  private static JsonObject write(Prediction prediction) {
    JsonArray classifications = new JsonArray();
    prediction.classifications().forEach(c -> classifications.add(write(c)));
    JsonObject timings = new JsonObject();
    prediction
        .timings()
        .forEach(
            (stage, nanos) ->
                timings.put(
                    stage.wireName() + MILLIS,
                    Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0));
    return new JsonObject()
        .put("id", prediction.id().toString())
        .mergeIn(write(prediction.best()))
        .put("verdict", prediction.verdict().wireName())
        .put("predictions", classifications)
        .put(
            "model",
            new JsonObject()
                .put("name", prediction.model().name())
                .put("version", prediction.model().version()))
        .put(
            "image",
            new JsonObject()
                .put("width", prediction.image().width())
                .put("height", prediction.image().height())
                .put("format", prediction.image().format().wireName()))
        .put("timings", timings)
        .put("answered_at", prediction.answeredAt().toString());
  }

  private static JsonObject write(Classification classification) {
    return new JsonObject()
        .put("label", classification.label())
        .put("confidence", classification.confidence());
  }

  private static JsonObject write(Rejection rejection) {
    JsonObject json =
        new JsonObject()
            .put("id", rejection.id().toString())
            .put("reason", rejection.reason().wireName())
            .put("detail", rejection.detail());
    rejection.retryAfter().ifPresent(wait -> json.put("retry_after_ms", wait.toMillis()));
    return json;
  }

  static Prediction prediction(JsonObject json) {
    JsonObject model = json.getJsonObject("model");
    JsonObject image = json.getJsonObject("image");
    List<Classification> classifications =
        json.getJsonArray("predictions").stream()
            .map(JsonObject.class::cast)
            .map(c -> new Classification(c.getString("label"), c.getDouble("confidence")))
            .toList();
    return new Prediction(
        id(json),
        new ModelReference(model.getString("name"), model.getString("version")),
        classifications,
        new Verdict(json.getString("verdict")),
        new ImageHeader(
            ImageFormat.valueOf(image.getString("format").toUpperCase(Locale.ROOT)),
            image.getInteger("width"),
            image.getInteger("height")),
        timings(json.getJsonObject("timings")),
        Instant.parse(json.getString("answered_at")));
  }

  private static StageTimings timings(JsonObject json) {
    StageTimings timings = StageTimings.NONE;
    for (Stage stage : Stage.values()) {
      Double millis = json.getDouble(stage.wireName() + MILLIS);
      if (millis != null) {
        timings = timings.with(stage, Math.round(millis * NANOS_PER_MILLI));
      }
    }
    return timings;
  }

  static Rejection rejection(JsonObject json) {
    return new Rejection(
        id(json),
        reason(json.getString("reason")),
        json.getString("detail"),
        Optional.ofNullable(json.getLong("retry_after_ms")).map(Duration::ofMillis));
  }

  /** A reason of a later version is not ours to explain. */
  private static RejectionReason reason(String wireName) {
    return Arrays.stream(RejectionReason.values())
        .filter(reason -> reason.wireName().equals(wireName))
        .findFirst()
        .orElse(RejectionReason.INTERNAL);
  }

  private static RequestId id(JsonObject json) {
    return RequestId.parse(json.getString("id")).orElseThrow();
  }
}
