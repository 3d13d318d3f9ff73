package io.fieldmark.client;

import io.fieldmark.domain.RequestId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files are sent under which ids, so that a run that was cut off can be taken up again. The
 * id is written down before its photo is sent: a photo of which nobody knows whether it arrived
 * goes out again under the same id, and is seen once. Safe for several threads.
 *
 * <p>A line is {@code sending}, {@code acknowledged} or {@code answered}, the id, and the file as a
 * URI, with tabs between.
 */
final class Journal implements AutoCloseable {
  private static final String SENDING = "sending";
  private static final String ACKNOWLEDGED = "acknowledged";
  private static final String ANSWERED = "answered";
  private static final int FIELDS = 3;

  private final Map<String, RequestId> ids = new HashMap<>();
  private final Map<String, RequestId> acknowledged = new HashMap<>();
  private final Map<String, RequestId> answered = new HashMap<>();
  private final Optional<BufferedWriter> writer;

  private Journal(Optional<BufferedWriter> writer) {
    this.writer = writer;
  }

  /** Remembers nothing beyond this run. */
  static Journal none() {
    return new Journal(Optional.empty());
  }

  /** Goes on where the file ends; begins it when there is none. */
  static Journal open(Path file) {
    try {
      List<String> lines =
          Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
      endLastLine(file);
      Journal journal =
          new Journal(
              Optional.of(
                  Files.newBufferedWriter(
                      file,
                      StandardCharsets.UTF_8,
                      StandardOpenOption.CREATE,
                      StandardOpenOption.APPEND)));
      lines.forEach(journal::read);
      return journal;
    } catch (IOException failed) {
      throw new ClientFailure(
          "The file %s, given with --resume, cannot be read and written: %s"
              .formatted(file, failed.getMessage()),
          failed);
    }
  }

  /** A run that was killed while it wrote may have left half a line, which says nothing. */
  private static void endLastLine(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() - 1);
      if (bytes.read() != '\n') {
        bytes.write('\n');
      }
    }
  }

  private void read(String line) {
    String[] fields = line.split("\t", FIELDS);
    Optional<RequestId> id =
        fields.length == FIELDS ? RequestId.parse(fields[1]) : Optional.empty();
    if (id.isPresent() && fields[0].equals(SENDING)) {
      ids.put(fields[2], id.get());
    } else if (id.isPresent() && fields[0].equals(ACKNOWLEDGED)) {
      acknowledged.put(fields[2], id.get());
    } else if (id.isPresent() && fields[0].equals(ANSWERED)) {
      answered.put(fields[2], id.get());
    }
  }

  synchronized boolean isAcknowledged(Path file) {
    return acknowledged.containsKey(key(file));
  }

  /** Under which id it was sent before, if ever. */
  synchronized Optional<RequestId> sentAs(Path file) {
    return Optional.ofNullable(ids.get(key(file)));
  }

  /** Photos that arrived, and whose answers nobody has seen. */
  synchronized Map<RequestId, Path> unanswered() {
    Map<RequestId, Path> unanswered = new HashMap<>();
    acknowledged.forEach(
        (file, id) -> {
          if (id.equals(ids.get(file)) && !answered.containsKey(file)) {
            unanswered.put(id, Path.of(URI.create(file)));
          }
        });
    return unanswered;
  }

  /** Since when there are photos that may have been answered without anybody seeing it. */
  synchronized Optional<Instant> unansweredSince() {
    return ids.entrySet().stream()
        .filter(sent -> !answered.containsKey(sent.getKey()))
        .flatMap(sent -> sent.getValue().createdAt().stream())
        .min(Comparator.naturalOrder());
  }

  /** Must be called before the photo is sent. */
  synchronized void sending(Path file, RequestId id) {
    ids.put(key(file), id);
    write(SENDING, file, id);
  }

  synchronized void acknowledged(Path file, RequestId id) {
    acknowledged.put(key(file), id);
    write(ACKNOWLEDGED, file, id);
  }

  synchronized void answered(Path file, RequestId id) {
    answered.put(key(file), id);
    write(ANSWERED, file, id);
  }

  private void write(String event, Path file, RequestId id) {
    if (writer.isPresent()) {
      try {
        writer.get().write("%s\t%s\t%s\n".formatted(event, id, key(file)));
        writer.get().flush();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** The same for a file however it is named, and on one line whatever its name. */
  private static String key(Path file) {
    return file.toAbsolutePath().normalize().toUri().toString();
  }

  @Override
  public synchronized void close() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
  }
}
