package io.fieldmark.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Uploads that have begun and do not end: they take room in the service until they are closed. */
final class HeldUploads implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();

  private HeldUploads() {}

  /** Returns when the service counts them; none may be held before. */
  static HeldUploads open(ApiClient client, int count, int bytesOfEach)
      throws IOException, InterruptedException {
    HeldUploads held = new HeldUploads();
    String head =
        "POST /v1/predictions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n"
            .formatted(bytesOfEach);
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port());
      held.sockets.add(socket);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[bytesOfEach]);
    }
    client.awaitCapacity(now -> now.at("/inflight/bytes").asInt() == count * bytesOfEach);
    return held;
  }

  /** Leaves without waiting for an answer. */
  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  int count() {
    return sockets.size();
  }
}
