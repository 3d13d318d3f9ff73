package io.fieldmark.management;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The metrics as text, one rendering for all who ask while it has not begun: nobody gets what was
 * true before they asked, and however many ask, one rendering runs and one waits for each format.
 * Renderings run on a thread of their own, so that predictions never wait for one. Safe for any
 * thread.
 */
final class MetricsText {
  private final WorkerExecutor renderer;
  private final UnaryOperator<String> rendering;
  private final Map<String, Future<Buffer>> awaited = new ConcurrentHashMap<>();

  /**
   * @param renderer has one thread
   * @param rendering from a format's content type to the text
   */
  MetricsText(WorkerExecutor renderer, UnaryOperator<String> rendering) {
    this.renderer = renderer;
    this.rendering = rendering;
  }

  /** As of now or a little later. */
  Future<Buffer> as(String contentType) {
    return awaited.computeIfAbsent(
        contentType, type -> renderer.executeBlocking(() -> render(type)));
  }

  private Buffer render(String contentType) {
    awaited.remove(contentType);
    return Buffer.buffer(rendering.apply(contentType));
  }
}
