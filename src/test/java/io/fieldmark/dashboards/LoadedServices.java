package io.fieldmark.dashboards;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The service in both modes, and something of everything to do. */
final class LoadedServices implements AutoCloseable {
  private final Map<String, String> cluster;
  private final ObservedService standalone;
  private final ObservedService tiers;
  private final KafkaProducer<byte[], byte[]> producer;

  private LoadedServices(
      Map<String, String> cluster, ObservedService standalone, ObservedService tiers) {
    this.cluster = cluster;
    this.standalone = standalone;
    this.tiers = tiers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.get("kafka.bootstrap_servers")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static LoadedServices start(Path folder) throws Exception {
    Map<String, String> cluster = TestTopics.fresh("feedback.store_photos", "true");
    ObservedService standalone = ObservedService.standalone(folder.resolve("standalone"));
    try {
      ObservedService tiers = ObservedService.tiers(folder.resolve("tiers"), cluster);
      return new LoadedServices(cluster, standalone, tiers);
    } catch (Exception | AssertionError notStarted) {
      standalone.close();
      throw notStarted;
    }
  }

  ObservedService standalone() {
    return standalone;
  }

  ObservedService tiers() {
    return tiers;
  }

  List<ScrapeTarget> targets() {
    List<ScrapeTarget> targets = new ArrayList<>(standalone.targets());
    targets.addAll(tiers.targets());
    return targets;
  }

  Map<String, Scrape> scrapes() {
    Map<String, Scrape> scrapes = new TreeMap<>(standalone.scrapes());
    scrapes.putAll(tiers.scrapes());
    return scrapes;
  }

  /** A photo that ended two processes, as it seems to the next one. */
  void setAPhotoAside() throws Exception {
    tiers.end("inference");
    CrashedPhoto.leave(cluster, producer);
    tiers.startAgain("inference");
  }

  void load(int rounds) throws Exception {
    VariedLoad one = new VariedLoad(standalone.port());
    VariedLoad two = new VariedLoad(tiers.port());
    String photos = cluster.get("kafka.topic_prefix") + ".images";
    for (int i = 0; i < rounds; i++) {
      one.round();
      two.round();
      producer.send(new ProducerRecord<>(photos, DrawnImage.jpeg(96, 64))).get();
      producer.send(new ProducerRecord<>(photos, "none".getBytes(US_ASCII))).get();
      TimeUnit.MILLISECONDS.sleep(300);
    }
    assertThat(one.statuses()).contains(200, 400, 413, 415, 422, 429, 504);
    assertThat(two.statuses()).contains(200, 202, 400, 413, 415, 422, 429);
  }

  @Override
  public void close() {
    producer.close();
    standalone.close();
    tiers.close();
  }
}
