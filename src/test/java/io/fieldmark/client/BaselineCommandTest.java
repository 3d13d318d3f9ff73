package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fieldmark.inference.drift.DriftReference;
import io.fieldmark.inference.drift.DriftReferenceFile;
import io.fieldmark.testing.DrawnImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for Prometheus, which answers each of the three questions in its words. */
class BaselineCommandTest {
  private static final String MODEL = series("\"model\":\"test\",\"version\":\"2\"", 1);

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer prometheus;
  private String models = MODEL;
  private double dogs = 300.4;

  @BeforeEach
  void start() throws IOException {
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext("/api/v1/query", this::answer);
    prometheus.createContext("/page", exchange -> send(exchange, 200, "<html>"));
    prometheus.start();
  }

  @AfterEach
  void stop() {
    prometheus.stop(0);
  }

  private static String series(String labels, double value) {
    return "{\"metric\":{%s},\"value\":[1700000000,\"%s\"]}".formatted(labels, value);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query =
        URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
    asked.add(query);
    if (query.contains("bad")) {
      send(exchange, 400, "{\"status\":\"error\",\"error\":\"parse error\"}");
      return;
    }
    String result =
        query.contains("model_info")
            ? models
            : query.contains("predictions_total") ? labels() : bounds();
    send(
        exchange,
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}"
            .formatted(result));
  }

  private String labels() {
    return String.join(
        ",",
        series("\"label\":\"cat\"", 450.2),
        series("\"label\":\"dog\"", dogs),
        series("\"label\":\"unknown\"", 50));
  }

  /** 100 of up to 0.5, 200 of up to 0.9, 500 above. */
  private static String bounds() {
    List<String> bounds = new ArrayList<>();
    for (int tenth = 1; tenth <= 10; tenth++) {
      int upTo = tenth < 5 ? 0 : tenth < 9 ? 100 : tenth < 10 ? 300 : 800;
      bounds.add(series("\"le\":\"%s\"".formatted(tenth / 10.0), upTo));
    }
    bounds.add(series("\"le\":\"+Inf\"", 800));
    return String.join(",", bounds);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + prometheus.getAddress().getPort();
  }

  private ClientRun run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("baseline"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--output", output().toString()));
    return ClientRun.of(
        folder, "inference.model_folder=src/main/model\n", all.toArray(String[]::new));
  }

  private Path output() {
    return folder.resolve("out.properties");
  }

  private void failsWith(String sentence, String... arguments) throws IOException {
    ClientRun run = run(arguments);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(output()).doesNotExist();
  }

  @Test
  void aGoodWeekIsTakenFromPrometheus() throws IOException {
    ClientRun run =
        run(
            "--prometheus",
            url() + "/",
            "--over",
            "5d",
            "--until",
            "2026-11-21T00:00:00Z",
            "--match",
            "job=\"a\"");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().get(0)).contains("800 answers of test 2, 93.8 % identified");
    assertThat(asked)
        .hasSize(3)
        .allSatisfy(query -> assertThat(query).contains("{job=\"a\"}[432000s]", "time=1795219200"));
    DriftReference reference = new DriftReferenceFile(output()).read();
    assertThat(reference.bands()).containsExactly(0L, 0L, 0L, 0L, 100L, 0L, 0L, 0L, 200L, 500L);
    assertThat(reference.labels()).containsEntry("cat", 450L).containsEntry("dog", 300L);
    assertThat(reference.source()).isEqualTo("120h until 2026-11-21T00:00:00Z, from Prometheus");
  }

  @Test
  void answersOfSeveralModelsAreNoReference() throws IOException {
    models = MODEL + "," + series("\"model\":\"test\",\"version\":\"3\"", 1);
    failsWith(
        "Several models answered in that time, whose answers do not compare: test 2, test 3",
        "--prometheus",
        url());
  }

  @Test
  void aTimeWithoutAnswersOrWithFewIsNoReference() throws IOException {
    dogs = -20;
    failsWith("says little: it takes at least 500", "--prometheus", url());
    models = "";
    failsWith("knows no process that answered in that time", "--prometheus", url());
  }

  @Test
  void whatPrometheusSaysIsHandedOn() throws IOException {
    failsWith("refuses (400): parse error", "--prometheus", url(), "--match", "bad");
    failsWith("is no Prometheus", "--prometheus", url() + "/page?");
    prometheus.stop(0);
    failsWith("cannot be asked", "--prometheus", url());
    failsWith("cannot be asked", "--prometheus", "nowhere");
  }

  @Test
  void photosAreAnsweredAndAFolderWithFewIsNoReference() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.write(photos.resolve("one.png"), DrawnImage.png(300, 300));
    Files.writeString(photos.resolve("labels.csv"), "one.png,cat");
    failsWith("A reference of 1 answers (1 photos of photos) says little", photos.toString());
    assertThat(run(photos.toString()).err()).contains("labels.csv: The bytes are not those of");
    failsWith(
        "There is no file or folder " + folder.resolve("none"), folder.resolve("none").toString());
  }

  @Test
  void oneSourceMustBeNamedAndOnlyOne() throws IOException {
    assertThat(run().exitCode()).isEqualTo(2);
    assertThat(run("photos", "--prometheus", url()).exitCode()).isEqualTo(2);
    assertThat(run("--prometheus", url(), "--over", "soon").err()).contains("is no duration");
  }
}
