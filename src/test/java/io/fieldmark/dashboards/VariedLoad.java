package io.fieldmark.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldmark.testing.DrawnImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Something of everything: photos, what is none, too many at once, too late, and feedback. */
final class VariedLoad {
  private static final byte[] PHOTO = DrawnImage.jpeg(320, 240);

  /** Not a drawing. */
  private static final Path ANIMAL = Path.of("src/test/resources/parity/baseline-420.jpg");

  private static final int AT_ONCE = 24;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SortedSet<Integer> statuses = new TreeSet<>();
  private final int port;

  VariedLoad(int port) {
    this.port = port;
  }

  /** Status codes that there were so far. */
  SortedSet<Integer> statuses() {
    return statuses;
  }

  void round() throws IOException, InterruptedException {
    feedback(post(Files.readAllBytes(ANIMAL), "").body(), "{\"correct\": true}");
    feedback(post(PHOTO, "").body(), "{\"correct\": false, \"label\": \"cat\"}");
    String taken = post(PHOTO, "").body();
    feedback(taken, "{\"correct\": false, \"label\": \"otter\"}");
    feedback(taken, "{\"correct\": false}");
    post(PHOTO, "?top_k=many");
    post(new byte[0], "");
    post("no image".getBytes(StandardCharsets.US_ASCII), "");
    post(Arrays.copyOf(PHOTO, PHOTO.length / 2), "");
    post(Arrays.copyOf(DrawnImage.png(96, 64), 40), "");
    post(Arrays.copyOf(PHOTO, ObservedService.MAX_IMAGE_BYTES + 1), "");
    post(DrawnImage.png(20_000, 1), "");
    post(PHOTO, "", "X-Request-Timeout", "0.000001");
    post(PHOTO, "", "Prefer", "respond-async");
    atOnce();
  }

  private HttpResponse<String> post(byte[] body, String query, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(body, "/v1/predictions" + query, headers));
    statuses.add(answer.statusCode());
    return answer;
  }

  /** On a connection of its own: a refusal may end it. */
  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient http = client()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private HttpRequest request(byte[] body, String target, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, target)))
            .POST(BodyPublishers.ofByteArray(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private void feedback(String prediction, String words) throws IOException, InterruptedException {
    JsonNode id = MAPPER.readTree(prediction).path("id");
    HttpResponse<String> answer =
        send(
            request(
                words.getBytes(StandardCharsets.UTF_8),
                "/v1/predictions/%s/feedback".formatted(id.asText()),
                "Content-Type",
                "application/json"));
    statuses.add(answer.statusCode());
  }

  /** More than the bound lets in; a refusal may end its connection before the photo is sent. */
  private void atOnce() {
    try (HttpClient http = client()) {
      List<CompletableFuture<Integer>> answers =
          Stream.generate(() -> status(http)).limit(AT_ONCE).toList();
      answers.forEach(answer -> statuses.add(answer.join()));
    }
  }

  private CompletableFuture<Integer> status(HttpClient http) {
    return http.sendAsync(request(PHOTO, "/v1/predictions"), BodyHandlers.discarding())
        .orTimeout(60, TimeUnit.SECONDS)
        .handle((answer, broken) -> answer == null ? 0 : answer.statusCode());
  }
}
