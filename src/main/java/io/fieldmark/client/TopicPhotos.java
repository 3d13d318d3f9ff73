package io.fieldmark.client;

import io.fieldmark.domain.RequestId;
import io.fieldmark.labelled.FolderName;
import io.fieldmark.labelled.PhotoPlace;
import io.fieldmark.transport.kafka.LabelledFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The photos on their topic up to its present end. It is read twice, so that no more than an offset
 * is remembered of each photo: once to find which record of an id is the last, and once to tell
 * that one.
 */
final class TopicPhotos implements KeptPhotos {
  private final WholeTopic topic;
  private final PrintWriter err;

  TopicPhotos(WholeTopic topic, PrintWriter err) {
    this.topic = topic;
    this.err = err;
  }

  private interface Reader {
    void read(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  @Override
  public void tell(Receiver receiver) throws IOException {
    Map<TopicPartition, Long> end = topic.end();
    Map<RequestId, Long> last = new HashMap<>();
    read(end, record -> LabelledFormat.id(record).ifPresent(id -> last.put(id, record.offset())));
    read(
        end,
        record -> {
          Optional<RequestId> id = LabelledFormat.id(record);
          if (id.isPresent() && last.getOrDefault(id.get(), -1L) == record.offset()) {
            tell(id.get(), record, receiver);
          }
        });
  }

  private void read(Map<TopicPartition, Long> end, Reader reader) throws IOException {
    topic.seek(topic.beginning());
    while (!topic.reached(end)) {
      for (ConsumerRecord<byte[], byte[]> record : topic.poll()) {
        reader.read(record);
      }
    }
  }

  private void tell(RequestId id, ConsumerRecord<byte[], byte[]> record, Receiver receiver)
      throws IOException {
    if (record.value() == null) {
      receiver.forgotten(id);
      return;
    }
    Optional<PhotoPlace> place =
        LabelledFormat.read(record)
            .flatMap(
                photo ->
                    FolderName.of(photo.label())
                        .map(name -> new PhotoPlace(name, photo.id(), photo.format())));
    if (place.isPresent()) {
      receiver.kept(place.get(), record::value);
    } else {
      err.printf(
          "The record at offset %d is left out: its label makes no folder%n", record.offset());
    }
  }
}
