package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a caller may ask for beside the image.
 *
 * @param reception how long the upload may take to arrive
 * @param timeout within which the answer is of use, where the caller has said so
 */
record PredictParameters(
    int topK,
    Duration reception,
    Optional<Duration> timeout,
    Optional<IdempotencyKey> key,
    Preferences preferences) {
  private static final int DEFAULT_TOP_K = 5;
  private static final int MAX_TOP_K = 1000;
  private static final String TIMEOUT = "X-Request-Timeout";
  private static final String PREFER = "Prefer";

  static Admission<PredictParameters> read(RoutingContext context, RequestId id, Ingestion config) {
    MultiMap headers = context.request().headers();
    return topK(context, id)
        .then(
            topK ->
                timeout(context, id, config)
                    .then(
                        timeout ->
                            IdempotencyKey.of(headers.getAll(IdempotencyKey.HEADER), id)
                                .then(key -> admitted(topK, timeout, key, headers, config))));
  }

  private static Admission<PredictParameters> admitted(
      int topK,
      Optional<Duration> timeout,
      Optional<IdempotencyKey> key,
      MultiMap headers,
      Ingestion config) {
    return Admission.admitted(
        new PredictParameters(
            topK,
            timeout.orElse(config.requestTimeout()),
            timeout,
            key,
            Preferences.of(headers.getAll(PREFER))));
  }

  /**
   * How long the work may take, from the request's first byte. A photo that is stored is worth an
   * answer whenever it comes, unless its sender says otherwise; nobody gets a later one of others.
   */
  Optional<Duration> allowed(boolean stored) {
    return stored ? timeout : Optional.of(reception);
  }

  private static Admission<Integer> topK(RoutingContext context, RequestId id) {
    try {
      List<String> given = context.queryParam("top_k");
      if (given.isEmpty()) {
        return Admission.admitted(DEFAULT_TOP_K);
      }
      int topK = Integer.parseInt(given.get(0));
      if (topK >= 1 && topK <= MAX_TOP_K) {
        return Admission.admitted(topK);
      }
    } catch (NumberFormatException | HttpException notOne) {
      // answered below, like a number out of range
    }
    return Admission.refused(
        id,
        RejectionReason.MALFORMED,
        "The parameter top_k must be a whole number from 1 to %d.".formatted(MAX_TOP_K));
  }

  private static Admission<Optional<Duration>> timeout(
      RoutingContext context, RequestId id, Ingestion config) {
    String given = context.request().getHeader(TIMEOUT);
    if (given == null) {
      return Admission.admitted(Optional.empty());
    }
    Duration longest = config.maxRequestTimeout();
    try {
      BigDecimal seconds = new BigDecimal(given.strip());
      if (seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(longest.toSeconds())) <= 0) {
        return Admission.admitted(
            Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue())));
      }
    } catch (NumberFormatException notOne) {
      // answered below, like a number out of range
    }
    return Admission.refused(
        id,
        RejectionReason.MALFORMED,
        "The header %s must be a number of seconds above 0, at most %d."
            .formatted(TIMEOUT, longest.toSeconds()));
  }
}
