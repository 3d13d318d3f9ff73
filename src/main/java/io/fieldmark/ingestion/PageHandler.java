package io.fieldmark.ingestion;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** The page at {@code /}: files of ours only, under a policy that lets nothing else in. */
public final class PageHandler implements Handler<RoutingContext> {
  private static final String FOLDER = "webroot";
  private static final String INDEX = "index.html";
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
    context.addHeadersEndHandler(headers -> complete(context));
    files.handle(context);
  }

  /**
   * Names carry no version, so browsers ask each time whether a file is still the same. The static
   * handler tells the type of a file only with its content.
   */
  private static void complete(RoutingContext context) {
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (!response.headers().contains(HttpHeaders.CONTENT_TYPE) && response.getStatusCode() == 200) {
      String path = context.normalizedPath();
      String type = MimeMapping.mimeTypeForFilename(path.endsWith("/") ? INDEX : path);
      response.putHeader(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8");
    }
  }
}
