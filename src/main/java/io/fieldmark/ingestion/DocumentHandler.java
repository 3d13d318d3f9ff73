package io.fieldmark.ingestion;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** One file that the program carries, kept in memory. */
public final class DocumentHandler implements Handler<RoutingContext> {
  private final Buffer content;
  private final String contentType;

  /**
   * @param resource on the class path
   */
  public DocumentHandler(String resource, String contentType) {
    try (InputStream in = DocumentHandler.class.getResourceAsStream("/" + resource)) {
      this.content = Buffer.buffer(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    this.contentType = contentType;
  }

  @Override
  public void handle(RoutingContext context) {
    context.response().putHeader("content-type", contentType).end(content);
  }
}
