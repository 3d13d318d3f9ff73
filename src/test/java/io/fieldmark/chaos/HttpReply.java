package io.fieldmark.chaos;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * What came back over a connection of its own. There is no client in between that tries again or
 * reuses connections: each failure is seen, and is the program's.
 */
record HttpReply(int status, String body) {
  private static final int CONNECT_MILLIS = 2_000;

  /**
   * @throws java.net.ConnectException when nobody listens, so that nothing was sent
   * @throws IOException when the outcome is unknown
   */
  static HttpReply post(
      int port, String target, Map<String, String> headers, byte[] body, Duration patience)
      throws IOException {
    StringBuilder head = new StringBuilder("POST " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n");
    return exchange(port, head.toString(), body, patience);
  }

  static HttpReply get(int port, String target, Duration patience) throws IOException {
    return exchange(port, "GET " + target + " HTTP/1.1\r\n", new byte[0], patience);
  }

  private static HttpReply exchange(int port, String head, byte[] body, Duration patience)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
          CONNECT_MILLIS);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(
          (head + "Host: localhost\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static HttpReply parse(String text) throws EOFException {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
      throw new EOFException("Cut off after %d characters".formatted(text.length()));
    }
    return new HttpReply(Integer.parseInt(text.substring(9, 12)), text.substring(end + 4));
  }

  JsonObject json() {
    return new JsonObject(body);
  }
}
