package io.fieldmark.client;

import io.fieldmark.transport.kafka.EventHeaders;
import io.fieldmark.transport.kafka.ResultRecord;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A result as one line of JSON: as it stands on the topic, with what its headers tell of the photo
 * as {@code photo}.
 */
final class ResultLine {
  private ResultLine() {}

  static String of(ConsumerRecord<byte[], byte[]> record, ResultRecord result) {
    JsonObject json = new JsonObject(new String(record.value(), StandardCharsets.UTF_8));
    JsonObject photo = new JsonObject();
    result
        .image()
        .ifPresent(
            image ->
                photo
                    .put("partition", image.partition())
                    .put("offset", image.offset())
                    .put("stored_at", image.storedAt().toString()));
    Header key = record.headers().lastHeader(EventHeaders.IMAGE_KEY);
    if (key != null && key.value() != null) {
      putKey(photo, key.value());
    }
    if (!photo.isEmpty()) {
      json.put("photo", photo);
    }
    if (result.replayed()) {
      json.put("supersedes", true);
    }
    return json.encode();
  }

  private static void putKey(JsonObject photo, byte[] key) {
    try {
      photo.put("key", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
    } catch (CharacterCodingException notText) {
      photo.put("key_base64", Base64.getEncoder().encodeToString(key));
    }
  }
}
