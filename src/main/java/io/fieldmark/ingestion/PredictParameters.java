package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** What a caller may ask for beside the image. */
record PredictParameters(int topK, Duration timeout) {
  private static final int DEFAULT_TOP_K = 5;
  private static final int MAX_TOP_K = 1000;
  private static final String TIMEOUT = "X-Request-Timeout";

  static Admission<PredictParameters> read(RoutingContext context, RequestId id, Ingestion config) {
    return topK(context, id)
        .then(
            topK ->
                timeout(context, id, config)
                    .then(timeout -> Admission.admitted(new PredictParameters(topK, timeout))));
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

  private static Admission<Duration> timeout(
      RoutingContext context, RequestId id, Ingestion config) {
    String given = context.request().getHeader(TIMEOUT);
    if (given == null) {
      return Admission.admitted(config.requestTimeout());
    }
    Duration longest = config.maxRequestTimeout();
    try {
      BigDecimal seconds = new BigDecimal(given.strip());
      if (seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(longest.toSeconds())) <= 0) {
        return Admission.admitted(Duration.ofNanos(seconds.movePointRight(9).longValue()));
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
