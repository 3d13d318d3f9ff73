package io.fieldmark.bench;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.testing.kafka.KafkaCluster;
import io.fieldmark.transport.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * One broker on this machine, whose data is gone afterwards: photos by the thousand fill a disk.
 */
final class BrokerUnderTest implements AutoCloseable {
  private static final String SERVERS = "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS";
  private static final String PREFIX = "FIELDMARK_KAFKA_TOPIC_PREFIX";
  private static final String GROUP = "FIELDMARK_KAFKA_GROUP";
  private static final long PATIENCE_SECONDS = 20;

  private final KafkaCluster cluster;
  private final Path folder;

  private BrokerUnderTest(KafkaCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  static BrokerUnderTest start(Path folder) throws IOException, InterruptedException {
    deleteIfThere(folder);
    return new BrokerUnderTest(KafkaCluster.start(folder, 1), folder);
  }

  /** Creates topics of this prefix; variables for the processes that are to use them. */
  Map<String, String> createTopics(String prefix) throws InterruptedException {
    Map<String, String> variables =
        Map.of(SERVERS, cluster.bootstrapServers(), PREFIX, prefix, GROUP, prefix);
    AppConfig config =
        ConfigLoader.load(
            ConfigSources.read(Optional.empty(), variables, Map.of()),
            Path.of(""),
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().maxMemory());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      new Topics(admin, config.kafka(), config.ingestion().image().maxBytes())
          .create()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new BenchFailure("The topics cannot be created: " + failure);
    }
    return new HashMap<>(variables);
  }

  String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** User and system time since it began. */
  Duration cpu() {
    return ProcessHandle.of(cluster.broker(1).pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    deleteIfThere(folder.resolve("broker-1").resolve("data"));
  }

  private static void deleteIfThere(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }
}
