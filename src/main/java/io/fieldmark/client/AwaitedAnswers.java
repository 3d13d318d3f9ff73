package io.fieldmark.client;

import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.ResultFormat;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Prints the first result of each photo that was sent, also of those whose answers an earlier run
 * did not wait for. Safe for several threads.
 */
final class AwaitedAnswers {
  private final Map<RequestId, Path> waiting = new ConcurrentHashMap<>();
  private final PrintWriter out;
  private final Journal journal;
  private final Progress progress;

  /**
   * @param oldest results of photos that were sent before are not kept any more
   */
  AwaitedAnswers(PrintWriter out, Journal journal, Progress progress, Instant oldest) {
    this.out = out;
    this.journal = journal;
    this.progress = progress;
    journal
        .unanswered()
        .forEach(
            (id, file) -> {
              if (id.createdAt().filter(oldest::isBefore).isPresent()) {
                expect(id, file);
              }
            });
  }

  void expect(RequestId id, Path file) {
    waiting.put(id, file);
  }

  void forget(RequestId id) {
    waiting.remove(id);
  }

  boolean complete() {
    return waiting.isEmpty();
  }

  void see(ConsumerRecord<byte[], byte[]> record) {
    ResultFormat.read(record)
        .ifPresent(
            result -> {
              RequestId id = result.result().id();
              Path file = waiting.remove(id);
              if (file != null) {
                progress.answered();
                print(id, file, new String(record.value(), StandardCharsets.UTF_8));
              }
            });
  }

  private void print(RequestId id, Path file, String json) {
    out.println("%s\t%s\t%s".formatted(id, file, new JsonObject(json).encode()));
    out.flush();
    try {
      journal.answered(file, id);
    } catch (UncheckedIOException unwritten) {
      progress.failed(
          "%s was answered, which cannot be written down: %s"
              .formatted(file, unwritten.getMessage()));
    }
  }
}
