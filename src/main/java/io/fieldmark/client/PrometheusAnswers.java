package io.fieldmark.client;

import io.fieldmark.domain.ConfidenceBand;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.inference.drift.DriftReference;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the answers of all processes were in a stretch of time, as Prometheus remembers it. Its
 * counts are extrapolated to the ends of that time, a little more or less than there were; shares
 * are true.
 */
final class PrometheusAnswers {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI server;
  private final String match;

  /**
   * @param match which series count, as inside a selector's braces; may be empty
   */
  PrometheusAnswers(URI server, String match) {
    this.server = server;
    this.match = match;
  }

  DriftReference take(Duration over, Instant until) throws InterruptedException {
    String range = "{%s}[%ds]".formatted(match, over.toSeconds());
    ModelReference model =
        model(
            ask(
                "count by (model, version) (last_over_time(fieldmark_model_info" + range + "))",
                until));
    SortedMap<String, Long> labels =
        counts(
            ask("sum by (label) (increase(fieldmark_predictions_total" + range + "))", until),
            "label");
    SortedMap<String, Long> upTo =
        counts(
            ask("sum by (le) (increase(fieldmark_confidence_bucket" + range + "))", until), "le");
    String source =
        "%s until %s, from Prometheus"
            .formatted(shown(over), until.truncatedTo(ChronoUnit.SECONDS));
    return new DriftReference(model, source, bands(upTo), labels);
  }

  private static String shown(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  private ModelReference model(List<Sample> infos) {
    if (infos.isEmpty()) {
      throw new ClientFailure(
          "Prometheus at %s knows no process that answered in that time".formatted(server));
    }
    List<ModelReference> models =
        infos.stream()
            .map(info -> new ModelReference(info.labels.get("model"), info.labels.get("version")))
            .toList();
    if (models.size() > 1) {
      throw new ClientFailure(
          "Several models answered in that time, whose answers do not compare: %s. Choose a shorter time with --over and --until, or some of the processes with --match"
              .formatted(
                  String.join(
                      ", ", models.stream().map(m -> m.name() + " " + m.version()).toList())));
    }
    return models.get(0);
  }

  private static SortedMap<String, Long> counts(List<Sample> samples, String label) {
    SortedMap<String, Long> counts = new TreeMap<>();
    samples.forEach(
        sample -> counts.put(sample.labels.getOrDefault(label, ""), Math.round(sample.value)));
    return counts;
  }

  /** From counts of what is at most so large, which Prometheus keeps, to counts of each band. */
  private List<Long> bands(Map<String, Long> upTo) {
    long[] cumulative = new long[ConfidenceBand.names().size() + 1];
    upTo.forEach(
        (bound, count) -> {
          if (!bound.equals("+Inf")) {
            cumulative[(int) Math.round(Double.parseDouble(bound) * 10)] = count;
          }
        });
    return IntStream.range(1, cumulative.length)
        .mapToObj(band -> Math.max(0, cumulative[band] - cumulative[band - 1]))
        .toList();
  }

  /** One series' value. */
  private record Sample(Map<String, String> labels, double value) {}

  private List<Sample> ask(String query, Instant time) throws InterruptedException {
    URI uri =
        URI.create(
            "%s/api/v1/query?query=%s&time=%d"
                .formatted(
                    server.toString().replaceFirst("/$", ""),
                    URLEncoder.encode(query, StandardCharsets.UTF_8),
                    time.getEpochSecond()));
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
      return samples(new JsonObject(response.body()), response.statusCode());
    } catch (IOException | IllegalArgumentException failed) {
      throw new ClientFailure(
          "Prometheus at %s cannot be asked: %s".formatted(server, failed), failed);
    } catch (DecodeException | ClassCastException | NullPointerException strange) {
      throw new ClientFailure("What answers at %s is no Prometheus".formatted(server), strange);
    }
  }

  private List<Sample> samples(JsonObject answer, int status) {
    if (!"success".equals(answer.getString("status"))) {
      throw new ClientFailure(
          "Prometheus at %s refuses (%d): %s"
              .formatted(server, status, answer.getString("error", "no reason given")));
    }
    return answer.getJsonObject("data").getJsonArray("result").stream()
        .map(JsonObject.class::cast)
        .map(PrometheusAnswers::sample)
        .toList();
  }

  private static Sample sample(JsonObject series) {
    Map<String, String> labels = new TreeMap<>();
    series
        .getJsonObject("metric")
        .forEach(label -> labels.put(label.getKey(), (String) label.getValue()));
    JsonArray timeAndValue = series.getJsonArray("value");
    return new Sample(labels, Double.parseDouble(timeAndValue.getString(1)));
  }
}
