package io.fieldmark.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends what a well-behaved HTTP client refuses to send. */
final class RawRequest {
  private static final int PATIENCE_MILLIS = 20_000;

  private RawRequest() {}

  /**
   * @param line method and target, whatever they are
   */
  static HttpAnswer send(int port, String line) throws IOException {
    String request =
        "%s HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %s\r\nConnection: close\r\n\r\n"
            .formatted(line, ApiClient.CALLERS_ID);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return answer(new String(socket.getInputStream().readAllBytes(), UTF_8));
    }
  }

  private static HttpAnswer answer(String response) {
    String[] headAndBody = response.split("\r\n\r\n", 2);
    List<String> head = headAndBody[0].lines().toList();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String header : head.subList(1, head.size())) {
      String[] nameAndValue = header.split(":", 2);
      headers
          .computeIfAbsent(nameAndValue[0], name -> new ArrayList<>())
          .add(nameAndValue[1].strip());
    }
    int status = Integer.parseInt(head.get(0).split(" ", 3)[1]);
    return new HttpAnswer(status, HttpHeaders.of(headers, (name, value) -> true), headAndBody[1]);
  }
}
