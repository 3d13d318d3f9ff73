package io.fieldmark.chaos;

import io.fieldmark.testing.kafka.Direction;
import io.fieldmark.testing.kafka.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Causes one fault at a time, and repairs it. */
final class Saboteur {
  private static final int SECONDS_BEFORE_RESTART = 2;

  private final ClusterUnderTest cluster;
  private final int brokers;
  private final Random random;

  Saboteur(ClusterUnderTest cluster, int brokers, Random random) {
    this.cluster = cluster;
    this.brokers = brokers;
    this.random = random;
  }

  /** Returns when everything runs again. */
  void cause(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case WORKER_KILLED -> kill(anyOf(cluster.workers()));
      case INGESTION_KILLED -> kill(anyOf(cluster.ingestion()));
      case BROKER_KILLED -> killBroker(1 + random.nextInt(brokers));
      case WORKER_RESTARTED -> restart(anyOf(cluster.workers()));
      case INGESTION_RESTARTED -> restart(anyOf(cluster.ingestion()));
      case WORKER_STOPPED -> stop(anyOf(cluster.workers()));
      case NETWORK_SLOW -> slow(cluster.brokers().proxy(1 + random.nextInt(brokers)));
      case NETWORK_CUT -> cut(cluster.brokers().proxy(1 + random.nextInt(brokers)));
    }
    cluster.awaitReady();
  }

  private ServiceNode anyOf(List<ServiceNode> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private static void kill(ServiceNode node) throws IOException, InterruptedException {
    node.kill();
    TimeUnit.SECONDS.sleep(SECONDS_BEFORE_RESTART);
    node.launch();
  }

  private void killBroker(int number) throws IOException, InterruptedException {
    cluster.brokers().kill(number);
    TimeUnit.SECONDS.sleep(SECONDS_BEFORE_RESTART);
    cluster.brokers().restart(number);
  }

  private static void restart(ServiceNode node) throws IOException, InterruptedException {
    node.terminate();
    node.launch();
  }

  private static void stop(ServiceNode node) throws IOException, InterruptedException {
    node.pause();
    TimeUnit.SECONDS.sleep(8);
    node.resume();
  }

  private static void slow(FaultProxy network) throws IOException, InterruptedException {
    network.delay(Direction.TO_BROKER, Duration.ofMillis(500));
    TimeUnit.SECONDS.sleep(5);
    network.heal();
  }

  private static void cut(FaultProxy network) throws IOException, InterruptedException {
    network.cut();
    TimeUnit.SECONDS.sleep(3);
    network.heal();
  }
}
