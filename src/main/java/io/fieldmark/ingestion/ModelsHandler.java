package io.fieldmark.ingestion;

import io.fieldmark.domain.ModelDescription;
import io.fieldmark.transport.InferenceClient;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /v1/models}: what answers now; empty while nothing does. */
public final class ModelsHandler implements Handler<RoutingContext> {
  private final InferenceClient client;
  private final ResultResponder responder;

  public ModelsHandler(InferenceClient client, ResultResponder responder) {
    this.client = client;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    JsonArray models = new JsonArray();
    client.capacity().models().forEach(model -> models.add(json(model)));
    responder.json(context.response(), new JsonObject().put("models", models));
  }

  private static JsonObject json(ModelDescription model) {
    JsonObject accuracy = new JsonObject();
    model.accuracy().forEach(accuracy::put);
    return new JsonObject()
        .put("name", model.reference().name())
        .put("version", model.reference().version())
        .put("sha256", model.sha256())
        .put("precision", model.precision())
        .put("labels", new JsonArray(model.labels()))
        .put(
            "input",
            new JsonObject()
                .put("width", model.preprocessing().width())
                .put("height", model.preprocessing().height())
                .put("layout", "NHWC")
                .put("type", "uint8")
                .put("color", "RGB"))
        .put(
            "preprocessing",
            new JsonObject()
                .put("decode", "reduced JPEG, EXIF orientation applied")
                .put("crop", "center")
                .put("crop_ratio", model.preprocessing().cropRatio())
                .put("resize", "area"))
        .put(
            "verdict",
            new JsonObject()
                .put("score", model.verdict().score())
                .put("threshold", model.verdict().threshold())
                .put("temperature", model.verdict().temperature()))
        .put("accuracy", accuracy);
  }
}
