package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of one ingestion process of two, with Kafka behind them. */
class ClusteredPageIT {
  private static final byte[] BUTTERFLY = DrawnButterfly.draw().jpeg();
  private static final byte[] PANDA = DrawnPanda.draw().jpeg();
  private static final byte[] TIGER = DrawnTiger.draw().jpeg();

  @TempDir private Path folder;
  private Map<String, String> cluster;
  private Browser browser;
  private RunningService mine;
  private RunningService other;
  private RunningService workers;
  private FieldmarkPage page;

  @BeforeEach
  void open() throws Exception {
    browser = Browser.openOrSkip();
    cluster = TestTopics.fresh("ingestion.default_wait", "1s");
    mine = RunningService.startTier("ingestion", cluster);
    other = RunningService.startTier("ingestion", cluster);
    workers = RunningService.startTier("inference", cluster);
    page = FieldmarkPage.open(browser, mine, folder);
  }

  @AfterEach
  void close() throws IOException {
    if (workers != null) {
      mine.close();
      other.close();
      workers.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void photosOfThePageAreAnsweredAndThoseOfOthersAreSeenHoweverTheyCame() throws Exception {
    page.choose(Map.of("butterfly.jpg", BUTTERFLY));
    assertThat(page.settledCards(1).getFirst().title()).isEqualTo("butterfly");
    new ApiClient(other).post("/v1/predictions", Map.of(), PANDA);
    putOnTheTopic(TIGER);

    assertThat(page.feed(entries -> entries.size() == 3))
        .extracting(entry -> entry.substring(0, entry.indexOf(" ")))
        .containsExactlyInAnyOrder("butterfly", "panda", "tiger");
    assertThat(page.settledCards(1)).hasSize(1);
    assertThat(browser.takeErrors()).isEmpty();
  }

  private void putOnTheTopic(byte[] image) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", SharedBroker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      String topic = Configs.with(cluster).kafka().topics().photos();
      producer.send(new ProducerRecord<>(topic, image)).get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPhotoThatNoWorkerIsThereForIsAnsweredOnTheSamePageWhenOneComes() {
    browser.driver().executeScript("window.same = true");
    workers.close();
    page.choose(Map.of("butterfly.jpg", BUTTERFLY));
    page.awaitText(".pending-text", text -> text.startsWith("The service has it"));
    page.awaitText("#capacity-state", "Ready, nobody at work"::equals);

    workers = RunningService.startTier("inference", cluster);
    assertThat(page.settledCards(1).getFirst().title()).isEqualTo("butterfly");
    assertThat(browser.driver().executeScript("return window.same")).isEqualTo(true);
    assertThat(browser.takeErrors()).isEmpty();
  }
}
