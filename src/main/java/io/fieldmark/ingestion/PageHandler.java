package io.fieldmark.ingestion;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** The page at {@code /}: files of ours only, under a policy that lets nothing else in. */
public final class PageHandler implements Handler<RoutingContext> {
  private static final String FOLDER = "webroot";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
          + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private final StaticHandler files =
      StaticHandler.create(FOLDER).setDefaultContentEncoding("UTF-8");

  @Override
  public void handle(RoutingContext context) {
    context
        .response()
        .putHeader("content-security-policy", POLICY)
        .putHeader("referrer-policy", "no-referrer");
    // Names carry no version, so browsers ask each time whether a file is still the same.
    context.addHeadersEndHandler(
        headers -> context.response().putHeader("cache-control", "no-cache"));
    files.handle(context);
  }
}
