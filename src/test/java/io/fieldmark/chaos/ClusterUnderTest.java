package io.fieldmark.chaos;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.KafkaCluster;
import io.fieldmark.testing.kafka.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything that runs in production, on this machine and in processes of their own: brokers behind
 * proxies, ingestion, and workers.
 */
final class ClusterUnderTest implements AutoCloseable {
  private final Path folder;
  private final KafkaCluster brokers;
  private final AppConfig config;
  private final Map<String, String> environment;
  private final List<ServiceNode> ingestion = new CopyOnWriteArrayList<>();
  private final List<ServiceNode> workers = new CopyOnWriteArrayList<>();

  private ClusterUnderTest(Path folder, KafkaCluster brokers, Map<String, String> changes) {
    this.folder = folder;
    this.brokers = brokers;
    Map<String, String> keys = new HashMap<>();
    keys.put("kafka.bootstrap_servers", brokers.bootstrapServers());
    keys.put("kafka.monitor_interval", "300ms");
    // All of a long run, so that every id can be asked for at its end.
    keys.put("ingestion.retained_for", "2h");
    keys.put("ingestion.retained_results", "500000");
    keys.put("inference.workers", "1");
    keys.putAll(changes);
    this.config = Configs.with(keys);
    this.environment = new HashMap<>();
    keys.forEach((key, value) -> environment.put(ConfigSources.variable(key), value));
    environment.put("JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC");
  }

  /**
   * Returns when all are ready.
   *
   * @param folder for data and logs
   * @param changes of the configuration of all processes
   */
  static ClusterUnderTest start(
      Path folder, int brokers, int ingestion, int workers, Map<String, String> changes)
      throws Exception {
    Files.createDirectories(folder);
    ClusterUnderTest cluster =
        new ClusterUnderTest(folder, KafkaCluster.startBehindProxies(folder, brokers), changes);
    try {
      TestTopics.create(cluster.config);
      for (int i = 1; i <= ingestion; i++) {
        cluster.ingestion.add(cluster.launch("ingestion", i));
      }
      for (int i = 1; i <= workers; i++) {
        cluster.addWorker();
      }
      cluster.awaitReady();
      return cluster;
    } catch (Exception | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /**
   * A process beside the cluster's own ones.
   *
   * @param changes of the cluster's configuration, as environment variables
   */
  ServiceNode launchStray(String name, String role, Map<String, String> changes)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(changes);
    return ServiceNode.launch(name, role, folder, all);
  }

  private ServiceNode launch(String role, int number) throws IOException {
    return ServiceNode.launch(role + "-" + number, role, folder, environment);
  }

  /** One more; returns before it is ready. */
  ServiceNode addWorker() throws IOException {
    ServiceNode worker = launch("inference", workers.size() + 1);
    workers.add(worker);
    return worker;
  }

  /** Returns when every process that runs is ready. */
  void awaitReady() throws IOException, InterruptedException {
    for (ServiceNode node : ingestion) {
      node.awaitReady();
    }
    for (ServiceNode node : workers) {
      if (node.isAlive()) {
        node.awaitReady();
      }
    }
  }

  KafkaCluster brokers() {
    return brokers;
  }

  List<ServiceNode> ingestion() {
    return ingestion;
  }

  /** Numbered from 1. */
  ServiceNode ingestion(int number) {
    return ingestion.get(number - 1);
  }

  List<ServiceNode> workers() {
    return workers;
  }

  /** Numbered from 1. */
  ServiceNode worker(int number) {
    return workers.get(number - 1);
  }

  AppConfig config() {
    return config;
  }

  @Override
  public void close() {
    ingestion.forEach(ServiceNode::close);
    workers.forEach(ServiceNode::close);
    brokers.close();
  }
}
