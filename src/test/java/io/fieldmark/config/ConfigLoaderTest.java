package io.fieldmark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final int CORES = 4;
  private static final long HEAP = 1L << 30;
  private static final Path HOME = Path.of("/opt/fieldmark");

  private static AppConfig load(Map<String, String> environment) {
    return load(Optional.empty(), environment);
  }

  private static AppConfig load(Optional<Path> file, Map<String, String> environment) {
    return ConfigLoader.load(ConfigSources.read(file, environment, Map.of()), HOME, CORES, HEAP);
  }

  @Test
  void everyKeyHasItsDefault() {
    assertThat(load(Map.of()))
        .isEqualTo(
            new AppConfig(
                Role.STANDALONE,
                "",
                new AppConfig.Http("0.0.0.0", 8080, 1, Duration.ofSeconds(60)),
                new AppConfig.Management("127.0.0.1", 8081, 64, Duration.ofMinutes(2)),
                new AppConfig.Ingestion(
                    new AppConfig.ImageLimits(10_485_760, 50_000_000, 16_384),
                    256,
                    134_217_728,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    new AppConfig.Retained(10_000, Duration.ofMinutes(10)),
                    100),
                new AppConfig.Inference(HOME.resolve("model"), 0, 1, 4, 256),
                new AppConfig.Feedback(
                    20_000,
                    64,
                    new LabelledConfig(
                        false, HOME.resolve("labelled-photos"), 1_073_741_824, 67_108_864)),
                new DriftConfig(Optional.empty(), 1_000, 500),
                new KafkaConfig(
                    "",
                    new KafkaConfig.Topics(
                        "fieldmark",
                        12,
                        -1,
                        Duration.ofDays(2),
                        Duration.ofDays(1),
                        Duration.ofDays(14),
                        Duration.ofDays(30),
                        Optional.empty()),
                    "fieldmark-inference",
                    "consumer",
                    32,
                    100_000,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    new KafkaConfig.Properties(Map.of(), Map.of(), Map.of())),
                new AppConfig.Health(Duration.ofSeconds(60)),
                new AppConfig.Shutdown(Duration.ofSeconds(1), Duration.ofSeconds(20)),
                new AppConfig.Log("text", "info")));
  }

  @Test
  void aVariableIsTheKeyInCapitalsWithUnderscores() {
    AppConfig config = load(Map.of("FIELDMARK_INGESTION_MAX_IMAGE_BYTES", "2MiB"));
    assertThat(config.ingestion().image().maxBytes()).isEqualTo(2 << 20);
  }

  @Test
  void aVariableWinsOverTheFileAndTheFileOverTheDefault(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my.properties");
    Files.writeString(file, "http.port=9000\nmanagement.port=9001\n");
    AppConfig config = load(Optional.of(file), Map.of("FIELDMARK_HTTP_PORT", "9100"));
    assertThat(config.http().port()).isEqualTo(9100);
    assertThat(config.management().port()).isEqualTo(9001);
  }

  @Test
  void everythingWrongIsReportedAtOnceWithItsKey() {
    assertThatThrownBy(
            () ->
                load(
                    Map.of(
                        "FIELDMARK_HTTP_PORT", "eighty",
                        "FIELDMARK_MANAGEMENT_PORT", "70000",
                        "FIELDMARK_INGESTION_REQUEST_TIMEOUT", "30",
                        "FIELDMARK_LOG_FORMAT", "xml")))
        .isInstanceOfSatisfying(
            InvalidConfigException.class,
            invalid ->
                assertThat(invalid.problems())
                    .anySatisfy(p -> assertThat(p).contains("http.port").contains("'eighty'"))
                    .anySatisfy(p -> assertThat(p).contains("management.port").contains("70000"))
                    .anySatisfy(p -> assertThat(p).contains("request_timeout").contains("'30'"))
                    .anySatisfy(p -> assertThat(p).contains("log.format").contains("text, json"))
                    .hasSize(4));
  }

  @Test
  void aBareNumberIsMillisecondsOnlyWithItsUnit() {
    assertThatThrownBy(() -> load(Map.of("FIELDMARK_SHUTDOWN_TIMEOUT", "30")))
        .hasMessageContaining("shutdown.timeout must be a duration, such as 500ms");
  }

  @Test
  void settingsThatContradictEachOtherNameBoth() {
    assertThatThrownBy(
            () ->
                load(
                    Map.of(
                        "FIELDMARK_INGESTION_MAX_INFLIGHT_BYTES", "1MiB",
                        "FIELDMARK_INGESTION_REQUEST_TIMEOUT", "5m")))
        .hasMessageContaining("ingestion.max_inflight_bytes (1048576)")
        .hasMessageContaining("ingestion.max_image_bytes (10485760)")
        .hasMessageContaining("ingestion.request_timeout must not exceed");
  }

  @Test
  void morethreadsThanCoresAreRefused() {
    assertThatThrownBy(() -> load(Map.of("FIELDMARK_INFERENCE_WORKERS", "5")))
        .hasMessageContaining("inference.workers (5)")
        .hasMessageContaining("4 cores");
  }

  @Test
  void moreBytesInFlightThanTheHeapHoldsAreRefused() {
    assertThatThrownBy(() -> load(Map.of("FIELDMARK_INGESTION_MAX_INFLIGHT_BYTES", "600MiB")))
        .hasMessageContaining("half of the heap");
  }

  @Test
  void moreAnswersThanTheWindowHoldsWouldNeverCome() {
    assertThatThrownBy(() -> load(Map.of("FIELDMARK_DRIFT_MIN_ANSWERS", "2000")))
        .hasMessageContaining("drift.min_answers (2000) must not exceed drift.window (1000)");
  }

  @Test
  void theDriftReferenceIsRelativeToTheInstallation() {
    assertThat(load(Map.of("FIELDMARK_DRIFT_REFERENCE", "good.properties")).drift().reference())
        .contains(HOME.resolve("good.properties"));
    assertThat(
            load(Map.of("FIELDMARK_DRIFT_REFERENCE", "/etc/good.properties")).drift().reference())
        .contains(Path.of("/etc/good.properties"));
  }

  @Test
  void aBoundBelowOnePhotoIsRefusedWherePhotosAreKept() {
    Map<String, String> small = Map.of("FIELDMARK_FEEDBACK_MAX_RECENT_BYTES", "1MiB");
    assertThat(load(small).feedback().photos().maxRecentBytes()).isEqualTo(1 << 20);
    Map<String, String> kept = new HashMap<>(small);
    kept.put("FIELDMARK_FEEDBACK_STORE_PHOTOS", "true");
    assertThatThrownBy(() -> load(kept))
        .hasMessageContaining("feedback.max_recent_bytes (1048576)")
        .hasMessageContaining("ingestion.max_image_bytes (10485760)");
  }

  @Test
  void recentPhotosMustFitTheHeapBesideUploads() {
    Map<String, String> much = new HashMap<>();
    much.put("FIELDMARK_FEEDBACK_MAX_RECENT_BYTES", "700MiB");
    assertThat(load(much).feedback().photos().stored()).isFalse();
    much.put("FIELDMARK_FEEDBACK_STORE_PHOTOS", "true");
    assertThatThrownBy(() -> load(much))
        .hasMessageContaining("feedback.max_recent_bytes (734003200)")
        .hasMessageContaining("three quarters of the heap");
  }

  @Test
  void photosAreKeptWhereFieldmarkIsInstalledOrWhereverOneSays() {
    assertThat(
            load(Map.of("FIELDMARK_FEEDBACK_FOLDER", "/srv/photos")).feedback().photos().folder())
        .isEqualTo(Path.of("/srv/photos"));
    assertThatThrownBy(() -> load(Map.of("FIELDMARK_FEEDBACK_FOLDER", "")))
        .hasMessageContaining("feedback.folder must not be empty");
  }

  @Test
  void whatIsNeitherTrueNorFalseIsRefused() {
    assertThatThrownBy(() -> load(Map.of("FIELDMARK_FEEDBACK_STORE_PHOTOS", "yes")))
        .hasMessageContaining("feedback.store_photos must be true or false, not 'yes'");
  }

  @Test
  void anUnknownKeyInTheFileIsAnError(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my.properties");
    Files.writeString(file, "http.prot=9000\n");
    assertThatThrownBy(() -> load(Optional.of(file), Map.of()))
        .hasMessageContaining("http.prot")
        .hasMessageContaining("not a key that exists");
  }

  @Test
  void anUnknownVariableIsOnlyNoted() {
    ConfigSources sources =
        ConfigSources.read(
            Optional.empty(), Map.of("FIELDMARK_SERVICE_HOST", "10.0.0.1", "HOME", "/"), Map.of());
    assertThat(sources.unknownVariables()).containsExactly("FIELDMARK_SERVICE_HOST");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> load(Optional.of(Path.of("no-such-file")), Map.of()))
        .hasMessageContaining("no-such-file cannot be read");
  }
}
