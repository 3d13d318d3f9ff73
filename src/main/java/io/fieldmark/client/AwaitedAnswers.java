package io.fieldmark.client;

import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.ResultFormat;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints the first result of each photo that was sent. Safe for several threads. */
final class AwaitedAnswers {
  private final Map<RequestId, Path> waiting = new ConcurrentHashMap<>();
  private final PrintWriter out;
  private final Progress progress;

  AwaitedAnswers(PrintWriter out, Progress progress) {
    this.out = out;
    this.progress = progress;
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
                String json =
                    new JsonObject(new String(record.value(), StandardCharsets.UTF_8)).encode();
                out.println("%s\t%s\t%s".formatted(id, file, json));
                out.flush();
              }
            });
  }
}
