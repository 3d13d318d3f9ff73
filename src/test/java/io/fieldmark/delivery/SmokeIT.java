package io.fieldmark.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison of two addresses, with services that always say the same. */
class SmokeIT {
  private static final Tool SMOKE = new Tool(Path.of("src/test/smoke/run").toAbsolutePath());

  /** Any photo gets this answer. */
  private static HttpServer answering(String label, String confidence, String verdict)
      throws IOException {
    String answer =
        """
        {"id":"%d","label":"%s","confidence":%s,"verdict":"%s","predictions":[]}\
        """
            .formatted(System.nanoTime(), label, confidence, verdict);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> reply(exchange, answer));
    server.start();
    return server;
  }

  private static void reply(HttpExchange exchange, String answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(answer.getBytes(UTF_8));
    exchange.close();
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @ParameterizedTest
  @CsvSource({
    "panda, 0.9000, identified, panda, 0.9009, identified, 0",
    "panda, 0.9000, identified, panda, 0.9011, identified, 1",
    "panda, 0.9000, identified, panda, 0.9000, not_sure, 1",
    "panda, 0.9000, identified, tiger, 0.9000, identified, 1",
    "panda, 0.9000, not_sure, panda, 0.9000, not_sure, 1",
    "goat, 0.9000, identified, goat, 0.9000, identified, 1",
  })
  void everyDifferenceIsFound(
      String label,
      String confidence,
      String verdict,
      String expectedLabel,
      String expectedConfidence,
      String expectedVerdict,
      int exitCode)
      throws Exception {
    HttpServer service = answering(label, confidence, verdict);
    HttpServer reference = answering(expectedLabel, expectedConfidence, expectedVerdict);
    try {
      Tool.Run run = SMOKE.run(Path.of("."), url(service), url(reference));
      assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
      assertThat(run.output()).contains("butterfly ", "duck ", "panda ", "tiger ");
    } finally {
      service.stop(0);
      reference.stop(0);
    }
  }
}
