package io.fieldmark.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What Kafka between the tiers costs and gains, in turns with one process that does everything: on
 * the same cores, together with the broker and the load generator.
 */
final class ClusterBench {
  private static final int WAITING = 1000;
  private static final int WAIT_SECONDS = 60;

  private final Plan plan;
  private final Path distribution;
  private final Path folder;
  private final HttpClient client;
  private final Generators generators;
  private final Path photo;
  private final int photoBytes;
  private final ClusterFigures figures = new ClusterFigures();

  /** Load generators, each a process of its own. */
  interface Generators {
    LineProcess start(ServiceUnderTest service, String... arguments) throws IOException;
  }

  ClusterBench(
      Plan plan,
      Path distribution,
      Path folder,
      HttpClient client,
      Generators generators,
      Path photo,
      int photoBytes) {
    this.plan = plan;
    this.distribution = distribution;
    this.folder = folder;
    this.client = client;
    this.generators = generators;
    this.photo = photo;
    this.photoBytes = photoBytes;
  }

  /**
   * @param standalone load on a service that does everything in one process, and is warm
   */
  ClusterFigures measure(ServiceLoad standalone) throws IOException, InterruptedException {
    Bench.say("Starting a broker");
    try (BrokerUnderTest broker = BrokerUnderTest.start(folder.resolve("broker"))) {
      measureTiers(broker, standalone);
      measureStoring(broker);
    }
    return figures;
  }

  private ServiceUnderTest start(String role, String instance, Map<String, String> settings)
      throws IOException, InterruptedException {
    settings.put("FIELDMARK_INSTANCE", instance);
    return ServiceUnderTest.start(
        distribution, client, folder.resolve(instance + ".log"), role, settings);
  }

  private void measureTiers(BrokerUnderTest broker, ServiceLoad standalone)
      throws IOException, InterruptedException {
    Map<String, String> settings = broker.createTopics("bench");
    try (ServiceUnderTest ingestion = start("ingestion", "ingestion", settings);
        LineProcess generator = generators.start(ingestion)) {
      try (ServiceUnderTest inference = start("inference", "inference", settings)) {
        compare(
            standalone, ServiceLoad.clustered(ingestion, List.of(inference), broker, generator));
      }
      measureHalfCores(broker, ingestion, generator, settings);
    }
  }

  private void compare(ServiceLoad standalone, ServiceLoad clustered)
      throws IOException, InterruptedException {
    Bench.say("Warming up the cluster");
    clustered.run(photo, Bench.SATURATED, plan.warmUp());
    for (int round = 1; round <= plan.rounds(); round++) {
      ServiceRound one = standalone.run(photo, Bench.SATURATED, plan.saturated());
      ServiceRound other = clustered.run(photo, Bench.SATURATED, plan.saturated());
      figures.saturated.standalone.add(one);
      figures.saturated.clustered.add(other);
      figures.light.standalone.add(standalone.run(photo, 1, plan.light()));
      figures.light.clustered.add(clustered.run(photo, 1, plan.light()));
      Bench.say(
          "Round %d of %d: one process %.0f/s, %.1f CPU-ms; cluster %.0f/s, %.1f + broker's %.1f CPU-ms",
          round,
          plan.rounds(),
          one.requestsPerSecond(),
          one.cpuMillis(),
          other.requestsPerSecond(),
          other.cpuMillis(),
          other.brokerMillis());
    }
  }

  private void measureHalfCores(
      BrokerUnderTest broker,
      ServiceUnderTest ingestion,
      LineProcess generator,
      Map<String, String> settings)
      throws IOException, InterruptedException {
    settings.put("FIELDMARK_INFERENCE_WORKERS", "1");
    Bench.say("One and two inference processes of half a core each");
    try (HalfCoreWorkers workers =
        new HalfCoreWorkers(name -> start("inference", name, settings))) {
      if (!workers.add()) {
        Bench.say("This program may not limit processes here, so that is not measured");
        return;
      }
      measureHalfCores(broker, ingestion, generator, workers, figures.oneHalfCore);
      workers.add();
      measureHalfCores(broker, ingestion, generator, workers, figures.twoHalfCores);
      workers.removeLast();
      measureHalfCores(broker, ingestion, generator, workers, figures.oneHalfCore);
    }
  }

  private void measureHalfCores(
      BrokerUnderTest broker,
      ServiceUnderTest ingestion,
      LineProcess generator,
      HalfCoreWorkers workers,
      List<ServiceRound> rounds)
      throws IOException, InterruptedException {
    ServiceLoad load = ServiceLoad.clustered(ingestion, workers.services(), broker, generator);
    load.run(photo, Bench.SATURATED, plan.warmUp());
    rounds.add(load.run(photo, Bench.SATURATED, plan.saturated()));
  }

  /** With no worker: what ingestion alone can take in, and what those who wait cost. */
  private void measureStoring(BrokerUnderTest broker) throws IOException, InterruptedException {
    Map<String, String> settings = broker.createTopics("storing");
    settings.put("FIELDMARK_KAFKA_MAX_BACKLOG", "10000000");
    settings.put("FIELDMARK_INGESTION_MAX_INFLIGHT_REQUESTS", Integer.toString(2 * WAITING));
    broker.createTopics("plain");
    ProducerTest producer =
        new ProducerTest(broker, "plain.images", folder.resolve("producer.log"));
    Bench.say("Ingestion alone, and Kafka's own producer test");
    try (ServiceUnderTest ingestion = start("ingestion", "storing", settings);
        LineProcess generator = generators.start(ingestion, "--stored")) {
      ServiceLoad load = ServiceLoad.clustered(ingestion, List.of(), broker, generator);
      load.run(photo, Bench.SATURATED, plan.warmUp());
      for (int round = 0; round < plan.large(); round++) {
        figures.producer.add(producer.run(photoBytes, (int) (1500 * plan.storing())));
        figures.storing.add(load.run(photo, Bench.SATURATED, plan.storing()));
      }
      figures.mebibytesAfterStoring = ingestion.residentMebibytes();
    }
    measureWaiting(settings);
  }

  private void measureWaiting(Map<String, String> settings)
      throws IOException, InterruptedException {
    Bench.say("%d requests that wait", WAITING);
    try (ServiceUnderTest ingestion = start("ingestion", "waiting", settings);
        WaitingClients clients =
            WaitingClients.send(
                ingestion.port(), PhotoRequest.patient(photo, WAIT_SECONDS), WAITING)) {
      clients.awaitAllWaiting(ingestion);
      figures.mebibytesWaiting = ingestion.residentMebibytes();
    }
  }
}
