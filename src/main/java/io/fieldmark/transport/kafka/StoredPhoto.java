package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.RequestId;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A photo as it stands on its topic.
 *
 * @param admission the request that it makes, or why it makes none
 */
public record StoredPhoto(
    ConsumerRecord<byte[], byte[]> record, RequestId id, Admission<InferenceRequest> admission) {
  EventHeaders headers() {
    return new EventHeaders(record.headers());
  }

  boolean replayed() {
    return headers().flag(EventHeaders.REPLAYED);
  }

  /** Whether it came through an ingestion process, which counts its requests itself. */
  boolean fromIngestion() {
    return headers().text(EventHeaders.SOURCE).filter(PhotoFormat.INGESTION::equals).isPresent();
  }

  TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }
}
