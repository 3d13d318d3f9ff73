package io.fieldmark.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The service in both modes, and something of everything to do. */
final class LoadedServices implements AutoCloseable {
  private final ObservedService standalone;
  private final ObservedService tiers;
  private final OddRecords records;

  private LoadedServices(
      Map<String, String> cluster, ObservedService standalone, ObservedService tiers) {
    this.standalone = standalone;
    this.tiers = tiers;
    this.records = new OddRecords(cluster);
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

  /** Two photos are lost, and one is set aside right after the start of the process that does. */
  void restartBesideOddRecords() throws Exception {
    tiers.end("inference");
    records.whileNobodyReads();
    tiers.startAgain("inference");
  }

  void load(int rounds) throws Exception {
    VariedLoad one = new VariedLoad(standalone.port());
    VariedLoad two = new VariedLoad(tiers.port());
    records.burst();
    for (int i = 0; i < rounds; i++) {
      one.round();
      two.round();
      records.some();
      TimeUnit.MILLISECONDS.sleep(300);
    }
    assertThat(one.statuses()).contains(200, 400, 413, 415, 422, 429, 504);
    assertThat(two.statuses()).contains(200, 202, 400, 413, 415, 422, 429);
  }

  @Override
  public void close() {
    records.close();
    standalone.close();
    tiers.close();
  }
}
