package io.fieldmark.ingestion;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.StageTimings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A prediction as clients see it. */
final class PredictionJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private PredictionJson() {}

  static JsonObject of(Prediction prediction) {
    JsonArray classifications = new JsonArray();
    prediction.classifications().forEach(c -> classifications.add(json(c)));
    return new JsonObject()
        .put("id", prediction.id().toString())
        .mergeIn(json(prediction.best()))
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
        .put("timings", timings(prediction.timings()));
  }

  /** What everybody may see of an answer in passing: nothing that leads back to a photo. */
  static JsonObject publicEvent(Prediction prediction) {
    return new JsonObject()
        .put("time", prediction.answeredAt().toString())
        .put("label", prediction.best().label())
        .put("confidence", rounded(prediction.best().confidence()))
        .put("verdict", prediction.verdict().wireName());
  }

  private static JsonObject json(Classification classification) {
    return new JsonObject()
        .put("label", classification.label())
        .put("confidence", rounded(classification.confidence()));
  }

  private static JsonObject timings(StageTimings timings) {
    JsonObject json = new JsonObject();
    long[] total = {0};
    timings.forEach(
        (stage, nanos) -> {
          json.put(stage.wireName() + "_ms", millis(nanos));
          total[0] += nanos;
        });
    return json.put("total_ms", millis(total[0]));
  }

  /** The value of a Server-Timing header, which browsers show beside the request. */
  static String serverTiming(StageTimings timings) {
    List<String> stages = new ArrayList<>();
    timings.forEach(
        (stage, nanos) ->
            stages.add(
                String.format(
                    Locale.ROOT, "%s;dur=%.3f", stage.wireName(), nanos / NANOS_PER_MILLI)));
    return String.join(", ", stages);
  }

  private static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
  }

  /** Four digits, never in scientific notation, which people read badly. */
  private static BigDecimal rounded(double confidence) {
    return BigDecimal.valueOf(Math.round(confidence * 10_000), 4);
  }
}
