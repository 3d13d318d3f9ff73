package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.DrawnImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load: whoever was let in is answered. */
class ShutdownIT {
  private static final int CLIENTS = 8;
  private static final int ANSWERS_BEFORE_THE_END = 100;
  private static final byte[] PHOTO = DrawnImage.jpeg(640, 480);

  @TempDir private Path folder;
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void noRequestFailsWhenTheServiceIsToldToEnd() throws Exception {
    int port = ServiceProcess.freePort();
    int management = ServiceProcess.freePort();
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_HTTP_PORT", Integer.toString(port),
            "FIELDMARK_MANAGEMENT_PORT", Integer.toString(management));
    try (ServiceProcess service = ServiceProcess.start(folder, environment, "serve");
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      service.awaitOk(management, "/health/ready");
      List<Future<List<String>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> sendUntilTheDoorIsClosed(port)));
      }
      while (answered.get() < ANSWERS_BEFORE_THE_END) {
        Thread.onSpinWait();
      }
      service.terminate();
      for (Future<List<String>> client : clients) {
        assertThat(client.get()).as("failed requests").isEmpty();
      }
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.output()).contains("Draining", "Closed").doesNotContain("ERROR");
    }
  }

  /**
   * Behaves as a well-written client does: keeps its connection until it is told to close it, and
   * stops when it cannot connect any more.
   *
   * @return what went wrong
   */
  private List<String> sendUntilTheDoorIsClosed(int port) {
    List<String> failures = new ArrayList<>();
    while (failures.isEmpty()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(30_000);
        sendUntilToldToClose(socket, failures);
      } catch (ConnectException closed) {
        return failures;
      } catch (IOException broken) {
        failures.add(broken.toString());
      }
    }
    return failures;
  }

  private void sendUntilToldToClose(Socket socket, List<String> failures) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    boolean close = false;
    while (!close && failures.isEmpty()) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /v1/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(PHOTO.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(PHOTO);
      String answer = head(in);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        failures.add(answer);
      }
      in.skipNBytes(Integer.parseInt(header(answer, "content-length")));
      answered.incrementAndGet();
      close = header(answer, "connection").equals("close");
    }
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
