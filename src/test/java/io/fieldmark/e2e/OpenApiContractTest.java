package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldmark.RunningIngestion;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.e2e.OpenApiDocument.Operation;
import io.fieldmark.testing.StoringClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service does what {@code openapi.yaml} says, and says what it does. */
class OpenApiContractTest {
  private static final Path FILE = Path.of("src/main/resources/openapi.yaml");
  private static final Path ROUTES = Path.of("src/main/java/io/fieldmark/IngestionTier.java");

  /** A fault of the service: nothing that is sent from outside may cause one. */
  private static final int NOT_PROVOKED = 500;

  private static OpenApiDocument document;
  private static RunningService service;
  private static RunningService narrowService;
  private static RunningIngestion storingService;
  private static PlayedFeedback played;
  private static ApiClient serving;
  private static List<Provocation> provocations;

  @BeforeAll
  static void start(@TempDir Path empty) throws Exception {
    document = OpenApiDocument.read(Files.newInputStream(FILE));
    narrowService = RunningService.startWithoutModel(empty, Provocations.NARROW);
    service = RunningService.start(Provocations.LIMITS);
    serving = new ApiClient(service);
    storingService = RunningIngestion.start(StoringClient.acknowledgingAtOnce(), Map.of());
    played = new PlayedFeedback();
    provocations = new ArrayList<>();
    provocations.addAll(
        new Provocations(
                document,
                serving,
                new ApiClient(narrowService),
                new ApiClient(storingService.port()))
            .all());
    provocations.addAll(new FeedbackProvocations(serving, played).all());
    provocations.addAll(new WithdrawalProvocations(serving, played).all());
  }

  @AfterAll
  static void stop() {
    played.close();
    storingService.close();
    Stream.of(narrowService, service).forEach(RunningService::close);
  }

  @TestFactory
  Stream<DynamicTest> answersAsDocumented() {
    return provocations.stream()
        .map(
            provocation ->
                DynamicTest.dynamicTest(provocation.toString(), () -> requireKept(provocation)));
  }

  private static void requireKept(Provocation provocation) throws Exception {
    HttpAnswer answer = provocation.call().send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(provocation.status());
    assertThat(document.differences(provocation.operation(), answer)).as(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("x-request-id")).contains(ApiClient.CALLERS_ID);
    if (!provocation.reason().isEmpty()) {
      assertThat(answer.json().path("reason").asText()).isEqualTo(provocation.reason());
    }
  }

  @Test
  void everyDocumentedResponseIsProvokedButInternalErrors() {
    Set<String> documented = new TreeSet<>();
    for (Operation operation : document.operations()) {
      document.statuses(operation).stream()
          .filter(status -> status != NOT_PROVOKED)
          .forEach(status -> documented.add(operation + " " + status));
    }
    Set<String> provoked =
        provocations.stream()
            .map(Provocation::response)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(provoked).isEqualTo(documented).hasSizeGreaterThan(30);
  }

  @Test
  void everyRouteIsDocumented() throws IOException {
    Set<String> routes =
        Pattern.compile("\"(/[^\"]*)\"")
            .matcher(Files.readString(ROUTES))
            .results()
            .map(route -> route.group(1).replaceAll(":(\\w+)", "{$1}").replace("*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented =
        document.operations().stream()
            .map(Operation::path)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(routes);
  }

  @Test
  void allowNamesExactlyTheDocumentedMethods() throws Exception {
    for (Operation operation : document.operations()) {
      Set<String> methods = document.methods(operation.path());
      methods.add("OPTIONS");
      if (operation.method().equals("GET") && !operation.path().endsWith("/stream")) {
        methods.add("HEAD");
      }
      HttpAnswer answer = serving.send("OPTIONS", operation.path("any"));
      assertThat(answer.status()).isEqualTo(204);
      List<String> allowed = answer.headers().allValues("allow");
      assertThat(allowed).as(operation.toString()).hasSize(1);
      assertThat(allowed.get(0).split(", ")).containsExactlyInAnyOrderElementsOf(methods);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/v1/capacity",
        "/openapi.yaml",
        "/asyncapi.yaml",
        "/v1/predictions/any",
        "/v1/models/any/quality"
      })
  void headIsLikeGetWithoutTheBody(String path) throws Exception {
    HttpAnswer get = serving.get(path);
    HttpAnswer head = serving.send("HEAD", path);
    assertThat(head.status()).isEqualTo(get.status());
    assertThat(head.contentType()).isEqualTo(get.contentType());
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nothing",
        "GET /v1/nothing",
        "POST /v1/nothing",
        "DELETE /nothing",
        "OPTIONS /nothing",
        "OPTIONS *",
        "GET nothing"
      })
  void whatIsNotDocumentedIsNotFound(String line) throws Exception {
    HttpAnswer answer = RawRequest.send(service.port(), line);
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(document.differences("NotFound", answer)).as(answer.body()).isEmpty();
  }

  @Test
  void theDocumentIsServedAsItIs() throws Exception {
    assertThat(serving.get("/openapi.yaml").body()).isEqualTo(Files.readString(FILE));
  }

  @Test
  void theReasonsAreThoseOfTheService() {
    Set<String> ofHttp = Set.of("not_found", "gone", "method_not_allowed", "not_acceptable");
    Set<String> reasons = new TreeSet<>(ofHttp);
    Arrays.stream(RejectionReason.values())
        .filter(reason -> reason != RejectionReason.CANCELLED)
        .forEach(reason -> reasons.add(reason.wireName()));
    assertThat(document.reasons()).isEqualTo(reasons);
  }

  @Test
  void theExamplesFitTheirSchemas() {
    assertThat(document.wrongExamples()).isEmpty();
  }

  @Test
  void aPredictionIsFoundAsItWasAnswered() throws Exception {
    Upload photo = Upload.good("image/jpeg");
    HttpAnswer answer = serving.post(photo.target(), photo.headers(), photo.body());
    HttpAnswer found = serving.get("/v1/predictions/" + answer.json().path("id").asText());
    assertThat(found.json()).isEqualTo(answer.json());
  }

  @Test
  void topKBoundsHowManyAnimalsAreListed() throws Exception {
    Upload photo = Upload.good("image/jpeg");
    int known = serving.get("/v1/models").json().at("/models/0/labels").size();
    for (int topK : new int[] {1, 3, 1000}) {
      HttpAnswer answer =
          serving.post("/v1/predictions?top_k=" + topK, photo.headers(), photo.body());
      assertThat(answer.json().path("predictions")).hasSize(Math.min(topK, known));
    }
  }

  /** Or the schemas would let everything pass. */
  @Test
  void schemasRefuseWhatTheServiceDoesNotSend() throws Exception {
    Upload photo = Upload.good("image/jpeg");
    HttpAnswer answer = serving.post(photo.target(), photo.headers(), photo.body());
    requireStrict("Prediction", answer.json());
    requireStrict("Problem", serving.get("/v1/nothing").json());
    requireStrict("Capacity", serving.get("/v1/capacity").json());
    requireStrict("Models", serving.get("/v1/models").json());
    String name = serving.get("/v1/models").json().at("/models/0/name").asText();
    requireStrict("Quality", serving.get("/v1/models/%s/quality".formatted(name)).json());
    requireStrict("Model", serving.get("/v1/models").json().at("/models/0"));
  }

  private static void requireStrict(String schema, JsonNode sent) {
    assertThat(document.violations(schema, sent)).isEmpty();
    for (Map.Entry<String, JsonNode> sentField : sent.properties()) {
      String field = sentField.getKey();
      ObjectNode without = sent.<ObjectNode>deepCopy().without(field);
      assertThat(document.violations(schema, without)).as("without %s", field).isNotEmpty();
      ObjectNode other = sent.deepCopy();
      other.putArray(field).addNull();
      assertThat(document.violations(schema, other)).as("wrong %s", field).isNotEmpty();
    }
    ObjectNode more = sent.<ObjectNode>deepCopy().put("more", 1);
    assertThat(document.violations(schema, more)).as("one field more").isNotEmpty();
  }

  @Test
  void nothingThatWasSentStillTakesRoom() throws Exception {
    RawRequest.send(service.port(), "POST /v1/predictions?top_k=%zz");
    serving.awaitIdle();
  }
}
