package io.fieldmark.dashboards;

import static io.fieldmark.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.Tool;
import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service in both modes, with something of everything to do, and what the dashboards show of
 * it: every query of every panel is put to a real Prometheus that scrapes it.
 */
class DashboardQueriesIT {
  private static final int ROUNDS = 12;
  private static final Path TABLE = Path.of("target/dashboard-rows.txt");
  private static final Path REFERENCE = Path.of("target/metrics.md");

  @TempDir private static Path folder;
  private static Map<String, String> cluster;
  private static ObservedService standalone;
  private static ObservedService tiers;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestTopics.fresh("feedback.store_photos", "true");
    standalone = ObservedService.standalone(folder.resolve("standalone"));
    tiers = ObservedService.tiers(folder.resolve("tiers"), cluster);
  }

  @AfterAll
  static void stop() {
    for (ObservedService service : new ObservedService[] {standalone, tiers}) {
      if (service != null) {
        service.close();
      }
    }
  }

  private static void load(int rounds) throws Exception {
    VariedLoad one = new VariedLoad(standalone.port());
    VariedLoad two = new VariedLoad(tiers.port());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.get("kafka.bootstrap_servers")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
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
  }

  @Test
  void theReferenceListsWhatTheServiceTells() throws Exception {
    load(1);
    // Feedback is reckoned with every two seconds, and told from then on.
    eventually(
        "both tell figures of feedback",
        () ->
            told()
                .contains("`fieldmark_confusion` | gauge | actual, predicted | ingestion, stand"));
    String told = told();
    Files.writeString(REFERENCE, told);
    assertThat(MetricsReference.FILE)
        .as("the true one is %s: put it there", REFERENCE)
        .hasContent(told);
  }

  private static String told() {
    Map<String, Scrape> scrapes = new TreeMap<>(standalone.scrapes());
    scrapes.putAll(tiers.scrapes());
    return MetricsReference.of(scrapes);
  }

  @Test
  void everyQueryOfEveryPanelReturnsRows() throws Exception {
    Tool tool = RunningPrometheus.findOrSkip();
    List<String> targets = new ArrayList<>(standalone.targets());
    targets.addAll(tiers.targets());
    List<Path> rules = RuleFiles.all(folder);
    try (RunningPrometheus prometheus = RunningPrometheus.start(tool, folder, targets, rules)) {
      prometheus.await("ALERTS{alertname='%s'}".formatted(RuleFiles.ALWAYS), 1);
      Instant from = Instant.now();
      load(ROUNDS);
      Instant to = Instant.now();
      RowsTable table = new RowsTable();
      table.execute("standalone", prometheus, standalone, from, to);
      table.execute("tiers", prometheus, tiers, from, to);
      Files.writeString(TABLE, table.text());
      System.out.println(table.text());
      assertThat(table.silent("standalone", standalone.scrapes())).isEmpty();
      assertThat(table.silent("tiers", tiers.scrapes())).isEmpty();
      assertThat(table.silentEverywhere()).isEmpty();
      assertThat(table.unexpected()).as("take them off the list in WithoutRows").isEmpty();
      assertExecuted(new ExecutedRules(prometheus));
    }
  }

  private static void assertExecuted(ExecutedRules rules) throws Exception {
    assertThat(rules.failed()).isEmpty();
    assertThat(rules.silent()).isEmpty();
    String reference = Files.readString(MetricsReference.FILE);
    assertThat(rules.metrics()).allMatch(name -> MetricsReference.knows(reference, name));
  }
}
