package io.fieldmark.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldmark.testing.DrawnImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What programs that are not ours may put on the photos' topic.
 *
 * @param reason of the refusal that it deserves, empty when it deserves a prediction
 */
record OddRecord(String name, String reason, ProducerRecord<byte[], byte[]> record) {
  static final int MAX_IMAGE_BYTES = 256 * 1024;
  private static final int THOUSANDS = 5000;
  private static final String PHOTO = "io.fieldmark.photo.v1";

  static List<OddRecord> all(String topic) {
    byte[] png = DrawnImage.png(96, 64);
    return List.of(
        odd("null", "empty", topic, null, Map.of()),
        odd("empty", "empty", topic, new byte[0], Map.of()),
        odd("text", "unsupported_format", topic, "no image".getBytes(US_ASCII), Map.of()),
        odd("cut off", "undecodable", topic, Arrays.copyOf(png, 40), Map.of()),
        odd("too large", "too_large", topic, large(), Map.of()),
        odd("bomb", "too_many_pixels", topic, bomb(png), Map.of()),
        odd("expired", "deadline_exceeded", topic, png, deadline("2001-01-01T00:00:00Z")),
        odd("dawn of time", "deadline_exceeded", topic, png, deadline(Instant.MIN.toString())),
        odd("end of time", "", topic, png, deadline(Instant.MAX.toString())),
        odd("no time", "malformed", topic, png, deadline("tomorrow")),
        odd("no number", "malformed", topic, png, Map.of("ce_topk", "many")),
        odd("no top", "malformed", topic, png, Map.of("ce_topk", "0")),
        odd("all of them", "", topic, png, Map.of("ce_topk", "1000")),
        odd("no id", "", topic, png, Map.of("ce_type", PHOTO, "ce_id", "\u00e4 4711")),
        odd("another event", "", topic, png, Map.of("ce_type", "org.example.v1", "ce_id", "7")),
        odd("odd timings", "", topic, png, Map.of("ce_receivenanos", "9223372036854775807")),
        odd("odd trace", "", topic, png, Map.of("traceparent", "\u0000\n")),
        nulls(odd("null headers", "", topic, png, Map.of())),
        many(odd("thousands of headers", "", topic, png, Map.of())));
  }

  private static OddRecord odd(
      String name, String reason, String topic, byte[] value, Map<String, String> headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, name.getBytes(UTF_8), value);
    headers.forEach((header, text) -> record.headers().add(header, text.getBytes(UTF_8)));
    return new OddRecord(name, reason, record);
  }

  private static Map<String, String> deadline(String text) {
    return Map.of("ce_deadline", text);
  }

  private static OddRecord nulls(OddRecord odd) {
    List.of("ce_type", "ce_id", "ce_source", "imagekey", "traceparent", "ce_replayed")
        .forEach(header -> odd.record.headers().add(header, null));
    return odd;
  }

  private static OddRecord many(OddRecord odd) {
    for (int i = 0; i < THOUSANDS; i++) {
      odd.record.headers().add("header-" + i, new byte[] {1, 2, 3});
    }
    return odd;
  }

  private static byte[] large() {
    byte[] jpeg = DrawnImage.jpeg(96, 64);
    return Arrays.copyOf(jpeg, MAX_IMAGE_BYTES + 1);
  }

  /** A few bytes that claim to be 60,000 pixels wide and high. */
  private static byte[] bomb(byte[] png) {
    byte[] bomb = png.clone();
    ByteBuffer header = ByteBuffer.wrap(bomb);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 check = new CRC32();
    check.update(bomb, 12, 17);
    header.putInt(29, (int) check.getValue());
    return bomb;
  }

  @Override
  public String toString() {
    return name;
  }
}
