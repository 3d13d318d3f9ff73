package io.fieldmark.ingestion;

import io.fieldmark.domain.RequestId;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/** What is known of an HTTP request before it is routed: its id and when it began. */
record Exchange(RequestId id, Instant begunAt, long begunNanos) {
  private static final String KEY = Exchange.class.getName();
  private static final String CALLERS_ID = "x-request-id";
  private static final Pattern ECHOED = Pattern.compile("[!-~]{1,128}");

  /** Begins an exchange; echoes the caller's own id, when it is one that can be echoed safely. */
  static void begin(RoutingContext context, Clock clock) {
    start(context, clock);
    context.next();
  }

  private static void start(RoutingContext context, Clock clock) {
    Instant now = clock.instant();
    context.put(KEY, new Exchange(RequestId.next(now), now, System.nanoTime()));
    String callers = context.request().getHeader(CALLERS_ID);
    if (callers != null && ECHOED.matcher(callers).matches()) {
      context.response().putHeader(CALLERS_ID, callers);
    }
  }

  /** From now on the request is the one with this id, which its content gives it. */
  static void rename(RoutingContext context, RequestId id) {
    Exchange begun = of(context);
    context.put(KEY, new Exchange(id, begun.begunAt, begun.begunNanos));
  }

  /** Also for requests whose target is no path, which no route ever sees. */
  static Exchange ofAny(RoutingContext context, Clock clock) {
    if (of(context) == null) {
      start(context, clock);
    }
    return of(context);
  }

  static Exchange of(RoutingContext context) {
    return context.get(KEY);
  }

  long elapsedNanos() {
    return System.nanoTime() - begunNanos;
  }
}
