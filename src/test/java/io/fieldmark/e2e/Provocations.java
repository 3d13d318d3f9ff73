package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.e2e.OpenApiDocument.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How to get each answer that the document promises, out of three services. */
final class Provocations {
  static final Operation PREDICT = new Operation("POST", "/v1/predictions");
  private static final Operation FIND = new Operation("GET", "/v1/predictions/{id}");
  private static final Operation WATCH = new Operation("GET", "/v1/predictions/stream");
  private static final Upload PHOTO = Upload.good("image/jpeg");

  /** The limits that uploads of a serving service are made to break. */
  static final Map<String, String> LIMITS =
      Map.of(
          "ingestion.max_image_bytes", String.valueOf(Upload.MAX_BYTES),
          "ingestion.max_image_side", String.valueOf(Upload.MAX_SIDE));

  /** Room for two uploads, together below 64 KiB, and for no watcher. */
  static final Map<String, String> NARROW =
      Map.of(
          "ingestion.max_image_bytes", "64KiB",
          "ingestion.max_inflight_bytes", "64KiB",
          "ingestion.max_inflight_requests", "2",
          "ingestion.max_streams", "0");

  private static final int MORE_THAN_HALF = 40 * 1024;

  private final OpenApiDocument document;
  private final ApiClient serving;
  private final ApiClient narrow;
  private final ApiClient storing;

  /**
   * @param serving has a model and {@link #LIMITS}
   * @param narrow has no model, and is {@link #NARROW}
   * @param storing stores photos, and answers none
   */
  Provocations(OpenApiDocument document, ApiClient serving, ApiClient narrow, ApiClient storing) {
    this.document = document;
    this.serving = serving;
    this.narrow = narrow;
    this.storing = storing;
  }

  List<Provocation> all() {
    return Stream.of(
            wrongMethod(),
            notAcceptable(),
            reads(),
            uploads(),
            refusedAgain(),
            found(),
            pending(),
            busy())
        .flatMap(provocations -> provocations)
        .toList();
  }

  private Stream<Provocation> wrongMethod() {
    return document.operations().stream()
        .map(
            operation ->
                Provocation.of(
                    operation, 405, "PUT", () -> serving.send("PUT", operation.path("any"))));
  }

  private Stream<Provocation> notAcceptable() {
    Map<String, String> pictures = Map.of("Accept", "image/png");
    return document.operations().stream()
        .filter(operation -> operation.path().startsWith("/v1/"))
        .map(
            operation ->
                Provocation.of(
                    operation,
                    406,
                    "Accept: image/png",
                    () ->
                        serving.send(
                            operation.method(),
                            operation.path("any"),
                            pictures,
                            BodyPublishers.noBody())));
  }

  /** Each GET that is always answered, also by a service that cannot answer photos. */
  private Stream<Provocation> reads() {
    return Stream.of("/v1/models", "/v1/capacity", "/openapi.yaml", "/asyncapi.yaml", "/")
        .map(path -> new Operation("GET", path))
        .flatMap(
            operation ->
                Stream.of(
                    Provocation.of(operation, 200, "ready", () -> serving.get(operation.path())),
                    Provocation.of(
                        operation, 200, "no model", () -> narrow.get(operation.path()))));
  }

  private Stream<Provocation> uploads() {
    Stream<Provocation> good =
        document.requestTypes(PREDICT).stream().map(type -> upload(type, Upload.good(type)));
    Stream<Provocation> bad =
        Upload.bad().stream().map(upload -> upload(upload.toString(), upload));
    Provocation unreadable =
        Provocation.of(
            PREDICT,
            400,
            "a query that cannot be decoded",
            () -> RawRequest.send(serving.port(), "POST /v1/predictions?top_k=%zz"));
    return Stream.of(good, bad, Stream.of(unreadable)).flatMap(uploads -> uploads);
  }

  private Provocation upload(String what, Upload upload) {
    return new Provocation(PREDICT, upload.status(), upload.reason(), what, () -> post(upload));
  }

  private HttpAnswer post(Upload upload) throws IOException, InterruptedException {
    return serving.post(upload.target(), upload.headers(), upload.body());
  }

  /** What was refused because of the photo or the parameters is refused again by its id. */
  private Stream<Provocation> refusedAgain() {
    return Upload.bad().stream()
        .map(
            upload ->
                new Provocation(
                    FIND,
                    upload.status(),
                    upload.reason(),
                    "after " + upload,
                    () -> serving.get(FIND.path(post(upload).problemId()))));
  }

  private Stream<Provocation> found() {
    Instant now = Instant.now();
    String young = RequestId.next(now).toString();
    String old = RequestId.next(now.minus(Duration.ofDays(1))).toString();
    return Stream.of(
        Provocation.of(
            FIND,
            200,
            "after a prediction",
            () -> serving.get(FIND.path(post(PHOTO).json().path("id").asText()))),
        Provocation.of(FIND, 404, "unknown id", () -> serving.get(FIND.path(young))),
        Provocation.of(FIND, 404, "malformed id", () -> serving.get(FIND.path("tiger"))),
        Provocation.of(FIND, 410, "old id", () -> serving.get(FIND.path(old))),
        Provocation.of(
            WATCH, 200, "until an event", () -> serving.firstEvent(WATCH.path(), this::postPhoto)));
  }

  private Stream<Provocation> pending() {
    return Stream.of(
        Provocation.of(PREDICT, 202, "respond-async", () -> store("respond-async")),
        Provocation.of(PREDICT, 202, "a wait that ends", () -> store("respond-async, wait=1")),
        Provocation.of(
            FIND, 202, "not answered yet", () -> storing.get(store("wait=0").header("location"))));
  }

  /** With a key, so that the id is of the other kind. */
  private HttpAnswer store(String preference) throws IOException, InterruptedException {
    Map<String, String> headers =
        Map.of("Prefer", preference, "Idempotency-Key", preference.replace(" ", ""));
    return storing.post(PREDICT.path(), headers, PHOTO.body());
  }

  private void postPhoto() {
    try {
      post(PHOTO);
    } catch (IOException unsent) {
      throw new UncheckedIOException(unsent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a service answers that has no model yet, or no room. */
  private Stream<Provocation> busy() {
    return Stream.of(
        Provocation.of(WATCH, 429, "no places", () -> narrow.get(WATCH.path())),
        Provocation.of(PREDICT, 503, "no model", () -> besides(0, 0, false)),
        Provocation.of(PREDICT, 429, "too many uploads", () -> besides(2, 1, false)),
        Provocation.of(PREDICT, 429, "too many bytes", () -> besides(1, MORE_THAN_HALF, false)),
        Provocation.of(
            PREDICT, 429, "too many bytes, unannounced", () -> besides(1, MORE_THAN_HALF, true)));
  }

  /** An upload of more than half the room, while others are held. */
  private HttpAnswer besides(int held, int bytesOfEach, boolean unannounced)
      throws IOException, InterruptedException {
    byte[] file = new byte[MORE_THAN_HALF];
    System.arraycopy(PHOTO.body(), 0, file, 0, PHOTO.body().length);
    narrow.awaitIdle();
    try (HeldUploads others = HeldUploads.open(narrow, held, bytesOfEach)) {
      assertThat(others.count()).isEqualTo(held);
      return unannounced
          ? narrow.send(
              "POST",
              PREDICT.path(),
              Map.of(),
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)))
          : narrow.post(PREDICT.path(), Map.of(), file);
    }
  }
}
