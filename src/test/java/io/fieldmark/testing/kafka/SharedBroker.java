package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One broker for all tests of this JVM that leave it whole, since its start takes seconds. It
 * starts when the first test asks, and ends with the JVM. Tests keep out of each other's way by
 * topics with prefixes of their own.
 */
public final class SharedBroker {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static KafkaCluster cluster;

  private SharedBroker() {}

  public static synchronized String bootstrapServers() throws IOException, InterruptedException {
    if (cluster == null) {
      Path folder = Files.createTempDirectory("fieldmark-broker");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      cluster = KafkaCluster.start(folder, 1);
    }
    return cluster.bootstrapServers();
  }

  /** A prefix for names of topics and groups that no other test of this JVM has. */
  public static String freshPrefix() {
    return "test-%d-".formatted(PREFIXES.incrementAndGet());
  }

  private static void delete(Path folder) {
    closeCluster();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }

  private static synchronized void closeCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
