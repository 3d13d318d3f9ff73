package io.fieldmark.ingestion;

import io.fieldmark.quality.Calibration;
import io.fieldmark.quality.Confusion;
import io.fieldmark.quality.Quality;
import io.fieldmark.quality.Share;
import io.fieldmark.quality.Window;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A model's quality as clients read it; what is not known is null. */
final class QualityJson {
  private QualityJson() {}

  static JsonObject of(String model, Quality quality) {
    JsonArray accuracy = new JsonArray();
    quality.accuracy().forEach((window, share) -> accuracy.add(of(window, share)));
    return new JsonObject()
        .put("model", model)
        .put("accuracy", accuracy)
        .put("calibration", of(quality.calibration()))
        .put("confusion", of(quality.confusion()));
  }

  private static JsonObject of(Window window, Share share) {
    return new JsonObject()
        .put("window", window.wireName())
        .put("samples", share.samples())
        .put("correct", share.right())
        .put("accuracy", share.isKnown() ? rounded(share.value()) : null)
        .put("lower", share.isKnown() ? rounded(share.lower()) : null)
        .put("upper", share.isKnown() ? rounded(share.upper()) : null);
  }

  private static JsonObject of(Calibration calibration) {
    JsonArray bands = new JsonArray();
    for (Calibration.Band band : calibration.bands()) {
      boolean known = band.share().isKnown();
      bands.add(
          new JsonObject()
              .put("band", band.name())
              .put("samples", band.share().samples())
              .put("confidence", known ? rounded(band.confidence()) : null)
              .put("accuracy", known ? rounded(band.share().value()) : null));
    }
    return new JsonObject()
        .put("window", Window.WEEK.wireName())
        .put(
            "error",
            calibration.error().isPresent() ? rounded(calibration.error().getAsDouble()) : null)
        .put("bands", bands);
  }

  private static JsonObject of(Confusion confusion) {
    JsonArray cells = new JsonArray();
    for (Confusion.Cell cell : confusion.cells()) {
      cells.add(
          new JsonObject()
              .put("predicted", cell.predicted())
              .put("actual", cell.actual())
              .put("count", cell.count()));
    }
    return new JsonObject().put("window", Window.DAY.wireName()).put("cells", cells);
  }

  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }
}
