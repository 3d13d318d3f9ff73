package io.fieldmark.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sends requests to one service; every one carries {@link #CALLERS_ID}. */
final class ApiClient {
  static final String CALLERS_ID = "contract-4711";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  ApiClient(RunningService service) {
    this(service.port());
  }

  /**
   * @param port of the loopback
   */
  ApiClient(int port) {
    this.port = port;
  }

  HttpAnswer get(String target) throws IOException, InterruptedException {
    return send("GET", target, Map.of(), BodyPublishers.noBody());
  }

  HttpAnswer send(String method, String target) throws IOException, InterruptedException {
    return send(method, target, Map.of(), BodyPublishers.noBody());
  }

  HttpAnswer post(String target, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    return send("POST", target, headers, BodyPublishers.ofByteArray(body));
  }

  HttpAnswer send(String method, String target, Map<String, String> headers, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request(method, target, headers, body), BodyHandlers.ofByteArray());
    return HttpAnswer.of(response.statusCode(), response.headers(), response.body());
  }

  /** For requests whose answer is up to the test. */
  CompletableFuture<HttpAnswer> postLater(String target, Map<String, String> headers, byte[] body) {
    return http.sendAsync(
            request("POST", target, headers, BodyPublishers.ofByteArray(body)),
            BodyHandlers.ofByteArray())
        .thenApply(
            response -> HttpAnswer.of(response.statusCode(), response.headers(), response.body()));
  }

  private HttpRequest request(
      String method, String target, Map<String, String> headers, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(PATIENCE)
            .header("X-Request-Id", CALLERS_ID)
            .method(method, body);
    headers.forEach(request::header);
    return request.build();
  }

  /**
   * Reads a stream of events until the first one.
   *
   * @param whenOpen causes the event
   */
  HttpAnswer firstEvent(String target, Runnable whenOpen) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        http.send(
            request("GET", target, Map.of(), BodyPublishers.noBody()), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      whenOpen.run();
      String read =
          CompletableFuture.supplyAsync(() -> throughFirstEvent(lines))
              .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .join();
      return HttpAnswer.of(
          response.statusCode(), response.headers(), read.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String throughFirstEvent(Stream<String> lines) {
    List<String> read = new ArrayList<>();
    Iterator<String> all = lines.iterator();
    while (all.hasNext() && read.stream().noneMatch(line -> line.startsWith("data:"))) {
      read.add(all.next());
    }
    return String.join("\n", read);
  }

  /** Asks for the capacity until it is as wanted. */
  void awaitCapacity(Predicate<JsonNode> wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode capacity = get("/v1/capacity").json();
    while (!wanted.test(capacity)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("The capacity stays at " + capacity);
      }
      capacity = get("/v1/capacity").json();
    }
  }

  /** Returns when no upload is being received or waits for its answer. */
  void awaitIdle() throws IOException, InterruptedException {
    awaitCapacity(now -> now.at("/inflight/requests").asInt() == 0);
  }

  int port() {
    return port;
  }
}
