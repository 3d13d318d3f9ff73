package io.fieldmark.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An upload as it goes over the wire.
 *
 * @param bytes head and body, never written to
 * @param expected status of the answer
 */
record PhotoRequest(ByteBuffer bytes, String expected) {
  static PhotoRequest answered(Path photo) throws IOException {
    return new PhotoRequest(bytes(photo, ""), "200");
  }

  /** To be told as soon as the photo is safe. */
  static PhotoRequest stored(Path photo) throws IOException {
    return new PhotoRequest(bytes(photo, "prefer: respond-async\r\n"), "202");
  }

  static PhotoRequest patient(Path photo, int seconds) throws IOException {
    return new PhotoRequest(bytes(photo, "prefer: wait=%d\r\n".formatted(seconds)), "200");
  }

  private static ByteBuffer bytes(Path photo, String headers) throws IOException {
    byte[] body = Files.readAllBytes(photo);
    byte[] head =
        "POST /v1/predictions HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/jpeg\r\n%scontent-length: %d\r\n\r\n"
            .formatted(headers, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }
}
