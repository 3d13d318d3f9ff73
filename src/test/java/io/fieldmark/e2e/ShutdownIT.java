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

/** SIGTERM: whoever was let in is answered, and nobody is cut off. */
class ShutdownIT {
  private static final int CLIENTS = 8;
  private static final int ANSWERS_BEFORE_THE_END = 100;
  private static final byte[] PHOTO = DrawnImage.jpeg(640, 480);
  private static final String PAGE = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private int port;
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void noRequestFailsWhenTheServiceIsToldToEnd() throws Exception {
    try (ServiceProcess service = start("1s");
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<List<String>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(this::sendUntilTheDoorIsClosed));
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

  private ServiceProcess start(String drainDelay) throws Exception {
    port = ServiceProcess.freePort();
    int management = ServiceProcess.freePort();
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_HTTP_PORT", Integer.toString(port),
            "FIELDMARK_MANAGEMENT_PORT", Integer.toString(management),
            "FIELDMARK_SHUTDOWN_DRAIN_DELAY", drainDelay);
    ServiceProcess service = ServiceProcess.start(folder, environment, "serve");
    service.awaitOk(management, "/health/ready");
    return service;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  @Test
  void whateverIsAskedForWhileDrainingIsTheLastOnItsConnection() throws Exception {
    try (ServiceProcess service = start("2s")) {
      service.terminate();
      service.awaitOutput("Draining");
      try (Socket first = connect();
          Socket second = connect()) {
        assertThat(header(send(first, PAGE, NOTHING), "connection")).isEqualTo("close");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        assertThat(header(sendPhoto(second), "connection")).isEqualTo("close");
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(service.exitCode()).isEqualTo(143);
    }
  }

  /**
   * Behaves as a well-written client does: keeps its connection until it is told to close it, and
   * stops when it cannot connect any more.
   *
   * @return what went wrong
   */
  private List<String> sendUntilTheDoorIsClosed() {
    List<String> failures = new ArrayList<>();
    while (failures.isEmpty()) {
      try (Socket socket = connect()) {
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
    boolean close = false;
    while (!close && failures.isEmpty()) {
      String answer = sendPhoto(socket);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        failures.add(answer);
      }
      answered.incrementAndGet();
      close = header(answer, "connection").equals("close");
    }
  }

  private static String sendPhoto(Socket socket) throws IOException {
    String head = "POST /v1/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";
    return send(socket, head.formatted(PHOTO.length), PHOTO);
  }

  /** The head of the answer, which is read to its end. */
  private static String send(Socket socket, String head, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String answer = head(in);
    in.skipNBytes(Integer.parseInt(header(answer, "content-length")));
    return answer;
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
