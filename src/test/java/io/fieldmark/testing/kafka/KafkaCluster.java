package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kafka brokers on this machine, to break. They are numbered from 1, as Kafka's node ids are.
 *
 * <p>With three brokers new topics have three replicas and need two in sync, so that one broker may
 * fail. Brokers and controllers talk to each other directly, also where clients are led through a
 * proxy.
 */
public final class KafkaCluster implements AutoCloseable {
  private static final int MOST_REPLICAS = 3;

  private final List<Broker> brokers = new ArrayList<>();
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final List<Integer> clientPorts = new ArrayList<>();

  private KafkaCluster() {}

  /**
   * Returns when all brokers are up.
   *
   * @param folder for data and logs, a folder for each broker
   */
  public static KafkaCluster start(Path folder, int brokers)
      throws IOException, InterruptedException {
    return start(folder, brokers, false);
  }

  /** Clients reach each broker through its {@link #proxy} only, which is what it advertises. */
  public static KafkaCluster startBehindProxies(Path folder, int brokers)
      throws IOException, InterruptedException {
    return start(folder, brokers, true);
  }

  private static KafkaCluster start(Path folder, int count, boolean proxied)
      throws IOException, InterruptedException {
    KafkaCluster cluster = new KafkaCluster();
    try {
      cluster.launch(folder, count, proxied);
      for (Broker broker : cluster.brokers) {
        broker.awaitUp();
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  private void launch(Path folder, int count, boolean proxied) throws IOException {
    List<Integer> controllers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      controllers.add(LoopbackPort.free());
    }
    Map<String, String> common = new HashMap<>(replication(Math.min(count, MOST_REPLICAS)));
    // Compacted topics are cleaned while a test waits.
    common.put("log.cleaner.backoff.ms", "1000");
    common.put(
        "controller.quorum.voters",
        IntStream.range(0, count)
            .mapToObj(i -> "%d@127.0.0.1:%d".formatted(i + 1, controllers.get(i)))
            .collect(Collectors.joining(",")));
    for (int i = 0; i < count; i++) {
      int port = LoopbackPort.free();
      if (proxied) {
        proxies.add(FaultProxy.start(port));
      }
      clientPorts.add(proxied ? proxies.get(i).port() : port);
      Path home = folder.resolve("broker-" + (i + 1));
      Map<String, String> settings = new HashMap<>(common);
      settings.put("node.id", Integer.toString(i + 1));
      settings.put("log.dirs", home.resolve("data").toAbsolutePath().toString());
      settings.putAll(listeners(port, clientPorts.get(i), controllers.get(i)));
      brokers.add(Broker.launch(home, settings));
    }
  }

  private static Map<String, String> listeners(int port, int advertised, int controller)
      throws IOException {
    String replication = "REPLICATION://127.0.0.1:" + LoopbackPort.free();
    return Map.of(
        "listeners",
        "CLIENT://127.0.0.1:%d,%s,CONTROLLER://127.0.0.1:%d"
            .formatted(port, replication, controller),
        "advertised.listeners",
        "CLIENT://127.0.0.1:%d,%s".formatted(advertised, replication));
  }

  private static Map<String, String> replication(int replicas) {
    String factor = Integer.toString(replicas);
    String inSync = Integer.toString(Math.max(1, replicas - 1));
    return Map.of(
        "default.replication.factor", factor,
        "min.insync.replicas", inSync,
        "offsets.topic.replication.factor", factor,
        "transaction.state.log.replication.factor", factor,
        "transaction.state.log.min.isr", inSync,
        "share.coordinator.state.topic.replication.factor", factor,
        "share.coordinator.state.topic.min.isr", inSync);
  }

  /** What clients are configured with: all brokers' addresses, or those of their proxies. */
  public String bootstrapServers() {
    return clientPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  public Broker broker(int number) {
    return brokers.get(number - 1);
  }

  /** The proxy in front of a broker, where the cluster was started with proxies. */
  public FaultProxy proxy(int number) {
    return proxies.get(number - 1);
  }

  /** Kills a broker as a crash does (SIGKILL). */
  public void kill(int number) throws InterruptedException {
    broker(number).kill();
  }

  /** Starts a killed broker again, on its old ports and data; returns when it is up. */
  public void restart(int number) throws IOException, InterruptedException {
    broker(number).launch();
    broker(number).awaitUp();
  }

  /** Lets a broker hang (SIGSTOP): its connections stay open and nothing answers. */
  public void pause(int number) throws IOException, InterruptedException {
    broker(number).pause();
  }

  /** Ends what {@link #pause} began. */
  public void resume(int number) throws IOException, InterruptedException {
    broker(number).resume();
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::close);
    brokers.forEach(Broker::close);
  }
}
