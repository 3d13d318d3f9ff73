package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of the program when they start it, above all when they start it wrongly. */
class LauncherIT {
  @TempDir private Path folder;

  private record Ended(int exitCode, String output) {}

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    try (ServiceProcess process = ServiceProcess.start(folder, environment, arguments)) {
      int exitCode = process.exitCode();
      return new Ended(exitCode, process.output());
    }
  }

  @Test
  void helpNamesTheCommandsAndTheirOptions() throws Exception {
    Ended general = run(Map.of(), "--help");
    assertThat(general.exitCode()).isZero();
    assertThat(general.output()).contains("serve");
    Ended serve = run(Map.of(), "serve", "--help");
    assertThat(serve.exitCode()).isZero();
    assertThat(serve.output()).contains("--config", "--print-config", "FIELDMARK_HTTP_PORT");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() throws Exception {
    Ended ended = run(Map.of());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("Name a command", "serve");
  }

  @Test
  void theConfigurationIsPrintedWithItsOrigins() throws Exception {
    Ended ended = run(Map.of("FIELDMARK_HTTP_PORT", "9000"), "serve", "--print-config");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("http.port=9000  # FIELDMARK_HTTP_PORT", "management.port=8081  # default");
  }

  @Test
  void theDefaultsArePrintedWithTheirNotes() throws Exception {
    assertThat(run(Map.of(), "serve", "--print-defaults").output())
        .contains("# Limits of one image", "ingestion.max_image_bytes=10MiB");
  }

  @Test
  void everythingWrongWithTheConfigurationIsSaidAtOnce() throws Exception {
    Ended ended = run(Map.of("FIELDMARK_HTTP_PORT", "x", "FIELDMARK_LOG_LEVEL", "loud"), "serve");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("http.port", "log.level").doesNotContain("Exception");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      Ended ended =
          run(Map.of("FIELDMARK_HTTP_PORT", port, "FIELDMARK_MANAGEMENT_PORT", "0"), "serve");
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.output())
          .contains("Cannot start", port, "Is another program using it", "http.port")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aMissingModelIsNamed() throws IOException, Exception {
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_HTTP_PORT", "0",
            "FIELDMARK_MANAGEMENT_PORT", "0",
            "FIELDMARK_INFERENCE_MODEL_FOLDER", folder.resolve("nowhere").toString());
    Ended ended = run(environment, "serve");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("Cannot read the model folder", "nowhere");
  }

  @Test
  void logsAreJsonWhenAskedFor() throws Exception {
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_HTTP_PORT", "0",
            "FIELDMARK_MANAGEMENT_PORT", "0",
            "FIELDMARK_LOG_FORMAT", "json",
            "FIELDMARK_INFERENCE_MODEL_FOLDER", folder.resolve("nowhere").toString());
    Ended ended = run(environment, "serve");
    assertThat(ended.output().lines().filter(line -> line.contains("\"level\"")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(HttpAnswer.json(line).path("level").asText()).isNotEmpty());
  }
}
