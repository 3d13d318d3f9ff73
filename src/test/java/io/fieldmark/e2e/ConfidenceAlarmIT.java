package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.DrawnImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The customer's alarm: the service as built, Prometheus, Alertmanager and a mail server. The mails
 * lie in target/mails afterwards, to be looked at.
 */
class ConfidenceAlarmIT {
  private static final Path MAILS = Path.of("target/mails");
  private static final int DRAWINGS = 50;

  @Test
  void anUnsureAnswerSendsAMailAndAGoodOneTakesItBack(@TempDir Path folder) throws Exception {
    AlertingChain.Tools tools = AlertingChain.Tools.findOrSkip();
    int port = ServiceProcess.freePort();
    int management = ServiceProcess.freePort();
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_HTTP_PORT", String.valueOf(port),
            "FIELDMARK_MANAGEMENT_PORT", String.valueOf(management));
    try (ServiceProcess service = ServiceProcess.start(folder, environment, "serve");
        MailSink sink = new MailSink()) {
      service.awaitOk(management, "/health/ready");
      ApiClient client = new ApiClient(port);
      assertThat(confidence(client, DrawnDuck.draw().jpeg())).isGreaterThan(0.6);
      try (AlertingChain chain = AlertingChain.start(tools, folder, management, sink.port())) {
        chain.assertRuns();
        double unsure = sendUnsure(client);
        MailSink.Mail firing = sink.await(1);
        keep(firing, "firing");
        assertSaysWhatIsWrong(firing, 100 * unsure, management);

        confidence(client, DrawnDuck.draw().jpeg());
        MailSink.Mail resolved = sink.await(2);
        keep(resolved, "resolved");
        assertSaysThatItIsOver(resolved);
        assertThat(sink.mails()).hasSize(2);
      }
    }
  }

  private static void assertSaysWhatIsWrong(MailSink.Mail mail, double percent, int port) {
    String exact = "%.1f %%".formatted(percent);
    assertThat(mail.from()).contains("fieldmark-alerts@example.com");
    assertThat(mail.to()).containsExactly("on-call@example.com");
    assertThat(mail.subject())
        .isEqualTo(
            "[ALERT] The model is unsure: latest confidence %.1f %%, below 60 %%"
                .formatted(percent));
    for (String body : List.of(mail.text(), mail.html())) {
      assertThat(body)
          .contains("The model is unsure")
          .contains("latest_confidence_score is " + exact)
          .contains("not urgent")
          .contains("Since")
          .containsPattern("\\d\\d:\\d\\d:\\d\\d UTC")
          .contains("127.0.0.1:%d (%s)".formatted(port, exact))
          .contains("https://fieldmark.example/alerts/runbooks/FieldmarkLatestConfidenceLow.md")
          .contains("/graph?g0.expr=")
          .doesNotContain("no value", "<nil>", "{{", "%!");
    }
  }

  private static void assertSaysThatItIsOver(MailSink.Mail mail) {
    assertThat(mail.subject()).isEqualTo("[RESOLVED] The latest confidence is 60 % or more again");
    for (String body : List.of(mail.text(), mail.html())) {
      assertThat(body)
          .contains("It is over", "RESOLVED", "From", "Until")
          .contains("FieldmarkLatestConfidenceLow.md")
          .doesNotContain("FIRING", "ALERT<", "no value", "<nil>", "{{");
    }
  }

  /** Sends drawn noise until the model is unsure of one, which is then the last photo. */
  private static double sendUnsure(ApiClient client) throws Exception {
    for (int seed = 0; seed < DRAWINGS; seed++) {
      double confidence = confidence(client, noise(seed));
      if (confidence < 0.59) {
        return confidence;
      }
    }
    throw new AssertionError("The model is sure of all noise");
  }

  private static double confidence(ApiClient client, byte[] photo) throws Exception {
    HttpAnswer answer = client.post("/v1/predictions", Map.of(), photo);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().path("confidence").asDouble();
  }

  /** Coloured squares in no order. */
  private static byte[] noise(int seed) {
    Random random = new Random(seed);
    int square = 8 + 8 * (seed % 4);
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 256; y += square) {
      for (int x = 0; x < 256; x += square) {
        int colour = random.nextInt(0x1000000);
        for (int i = 0; i < square * square; i++) {
          int px = x + i % square;
          int py = y + i / square;
          if (px < 256 && py < 256) {
            image.setRGB(px, py, colour);
          }
        }
      }
    }
    return DrawnImage.encode(image, "png");
  }

  private static void keep(MailSink.Mail mail, String name) throws IOException {
    Files.createDirectories(MAILS);
    Files.writeString(MAILS.resolve(name + ".html"), mail.html());
    Files.writeString(MAILS.resolve(name + ".txt"), mail.subject() + "\n\n" + mail.text());
  }
}
