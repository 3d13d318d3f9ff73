package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.e2e.ServiceProcess;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation laid out as the ingestion image is. */
class IngestionLibrariesIT {
  private static final Path BUILT = Path.of("target/fieldmark").toAbsolutePath();

  @TempDir private Path folder;

  private Path install() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(home.resolve("app"));
    Files.copy(BUILT.resolve("bin/fieldmark"), home.resolve("bin/fieldmark"));
    assertThat(home.resolve("bin/fieldmark").toFile().setExecutable(true)).isTrue();
    List<String> inferenceOnly =
        Files.readAllLines(Path.of("docker/image/inference-libraries")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    try (Stream<Path> jars = Files.list(BUILT.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Path name = jar.getFileName();
        if (name.toString().startsWith("fieldmark-")) {
          Files.copy(jar, home.resolve("app").resolve(name));
        } else if (inferenceOnly.stream().noneMatch(pattern -> matches(pattern, name))) {
          Files.copy(jar, home.resolve("lib").resolve(name));
        }
      }
    }
    return home.resolve("bin/fieldmark");
  }

  private static boolean matches(String pattern, Path name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(name);
  }

  @Test
  void ingestionServesWithTheLibrariesOfItsImage() throws Exception {
    Path launcher = install();
    assertThat(folder.resolve("home/lib").toFile().list()).hasSizeGreaterThan(20);
    String prefix = SharedBroker.freshPrefix();
    TestTopics.create(
        Configs.with(
            Map.of(
                "kafka.bootstrap_servers",
                SharedBroker.bootstrapServers(),
                "kafka.topic_prefix",
                prefix)));
    int management = ServiceProcess.freePort();
    Map<String, String> environment =
        Map.of(
            "FIELDMARK_ROLE",
            "ingestion",
            "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS",
            SharedBroker.bootstrapServers(),
            "FIELDMARK_KAFKA_TOPIC_PREFIX",
            prefix,
            "FIELDMARK_HTTP_PORT",
            "0",
            "FIELDMARK_MANAGEMENT_PORT",
            Integer.toString(management));
    try (ServiceProcess service =
        ServiceProcess.startProgram(launcher, folder, environment, "serve")) {
      service.awaitOk(management, "/health/ready");
      service.terminate();
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.output()).doesNotContain("ERROR", "NoClassDefFoundError");
    }
  }
}
