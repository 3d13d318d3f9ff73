package io.fieldmark.client;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.Access;
import io.fieldmark.transport.kafka.PhotoFormat;
import io.fieldmark.validation.ImageValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends one file after the other, with a bounded number of them unacknowledged. What the service
 * would refuse is not sent.
 */
final class PhotoSender {
  private static final String SOURCE = "/fieldmark/produce";
  private static final int MOST_UNACKNOWLEDGED = 500;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final ImageValidator validator;
  private final Pace pace;
  private final Journal journal;
  private final Progress progress;
  private final Listener listener;
  private final Clock clock;
  private final Semaphore room = new Semaphore(MOST_UNACKNOWLEDGED);

  PhotoSender(
      Producer<byte[], byte[]> producer,
      String topic,
      ImageValidator validator,
      Pace pace,
      Journal journal,
      Progress progress,
      Listener listener,
      Clock clock) {
    this.producer = producer;
    this.topic = topic;
    this.validator = validator;
    this.pace = pace;
    this.journal = journal;
    this.progress = progress;
    this.listener = listener;
    this.clock = clock;
  }

  /** Told on whichever thread knows first. */
  interface Listener {
    /** Before the photo is sent. */
    void sending(RequestId id, Path file);

    void acknowledged(RequestId id, Path file);

    void failed(RequestId id);
  }

  void send(Path file) throws InterruptedException {
    if (journal.isAcknowledged(file)) {
      progress.skipped();
      return;
    }
    RequestId id = journal.sentAs(file).orElseGet(() -> RequestId.next(clock.instant()));
    try {
      if (Files.size(file) > validator.maxBytes()) {
        progress.failed(
            "%s is not sent: it has %d bytes, more than ingestion.max_image_bytes (%d)"
                .formatted(file, Files.size(file), validator.maxBytes()));
      } else {
        byte[] image = Files.readAllBytes(file);
        Admission<ImageFile> admission = validator.validate(id, image);
        switch (admission) {
          case Admission.Admitted<ImageFile> admitted -> send(file, id, image);
          case Admission.Refused<ImageFile> refused -> refuse(file, refused.rejection());
        }
      }
    } catch (IOException unreadable) {
      progress.failed("%s cannot be read: %s".formatted(file, unreadable.getMessage()));
    }
  }

  /** A folder may hold other things than photos, which is no failure. */
  private void refuse(Path file, Rejection why) {
    if (why.reason() == RejectionReason.UNSUPPORTED_FORMAT) {
      progress.skipped();
    } else {
      progress.failed("%s is not sent: %s".formatted(file, why.detail()));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same.
  private void send(Path file, RequestId id, byte[] image) throws InterruptedException {
    pace.await();
    room.acquire();
    journal.sending(file, id);
    listener.sending(id, file);
    progress.sent();
    producer.send(
        PhotoFormat.write(topic, id, image, SOURCE, clock.instant()),
        (stored, failure) -> {
          try {
            settle(file, id, Optional.ofNullable(failure));
          } finally {
            room.release();
          }
        });
  }

  private void settle(Path file, RequestId id, Optional<Exception> failure) {
    if (failure.isPresent()) {
      listener.failed(id);
      progress.unacknowledged(
          "%s was not acknowledged: %s"
              .formatted(file, Access.write(topic).explain(failure.get()).getMessage()));
      return;
    }
    progress.acknowledged();
    listener.acknowledged(id, file);
    try {
      journal.acknowledged(file, id);
    } catch (UncheckedIOException unwritten) {
      progress.failed(
          "%s was acknowledged, which cannot be written down: %s"
              .formatted(file, unwritten.getMessage()));
    }
  }

  /** Returns when nothing is under way any more. */
  void finish() {
    producer.flush();
  }
}
