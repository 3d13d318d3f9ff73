package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldmark.Application;
import io.fieldmark.metrics.MeterRegistries;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.Scraper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However scrapers behave, and however many there are, probes and photos are answered. */
class ScrapersTest {
  private static final int BOUND = 16;
  private static final int CROWD = 300;
  private static final String METRICS = "/metrics";

  /** A rendering takes it and puts it back. */
  private static final Semaphore GATE = new Semaphore(1);

  /** Of each rendering, the thread. */
  private static final Queue<String> RENDERINGS = new ConcurrentLinkedQueue<>();

  private static PrometheusMeterRegistry registry;
  private static Application application;

  private final List<Scraper> scrapers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    registry = MeterRegistries.create();
    Gauge.builder("test.renderings", ScrapersTest::rendered).register(registry);
    application =
        new Application(
            Configs.with(
                Map.of(
                    "http.host", "127.0.0.1",
                    "inference.workers", "1",
                    "management.max_connections", Integer.toString(BOUND),
                    "management.idle_timeout", "1h")),
            registry,
            MeterRegistries::observed);
    await(application.start());
  }

  private static int rendered() {
    RENDERINGS.add(Thread.currentThread().getName());
    GATE.acquireUninterruptibly();
    GATE.release();
    return RENDERINGS.size();
  }

  @AfterAll
  static void stop() throws Exception {
    await(application.close());
  }

  /** Whoever has gone takes no room any more. */
  @AfterEach
  void leave() throws Exception {
    for (Scraper scraper : scrapers) {
      scraper.close();
    }
    eventually("all are gone", () -> connections() == 0);
  }

  /** Without a scrape, which would be a connection. */
  private static int connections() {
    return (int) registry.get("fieldmark.management.connections").gauge().value();
  }

  private Scraper connect(String words) throws IOException {
    Scraper scraper = new Scraper(application.managementPort());
    scrapers.add(scraper);
    scraper.say(words);
    return scraper;
  }

  private void crowd(String words) throws Exception {
    for (int i = 0; i < CROWD; i++) {
      connect(words);
    }
    eventually(
        "as many are closed as there is no room for",
        () -> scrapers.stream().filter(ScrapersTest::closed).count() == CROWD - BOUND);
    assertThat(connections()).isEqualTo(BOUND);
  }

  private static boolean closed(Scraper scraper) {
    try {
      return scraper.isClosed();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void assertServed() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(connect("").ask("/health/live")).startsWith("HTTP/1.1 200").contains("alive");
      assertThat(connect("").ask(METRICS))
          .contains("\nfieldmark_management_connections %s.0\n".formatted(BOUND))
          .contains("\nfieldmark_management_connections_limit %s.0\n".formatted(BOUND));
      assertThat(predict().status()).isEqualTo(200);
    }
    assertThat(connections()).isEqualTo(BOUND);
  }

  private static HttpAnswer predict() throws Exception {
    return new ApiClient(application.port())
        .post("/v1/predictions", Map.of(), DrawnImage.jpeg(96, 64));
  }

  @Test
  void hundredsSayNothing() throws Exception {
    crowd("");
    assertServed();
  }

  @Test
  void hundredsStopWithinTheirRequest() throws Exception {
    crowd("GET /metrics HTTP/1.1\r\nHos");
    assertServed();
  }

  /** Each asks for more than its socket holds. */
  @Test
  void whoeverComesAsksAndDoesNotRead() throws Exception {
    for (int i = 0; i < BOUND; i++) {
      connect(Scraper.request(METRICS).repeat(500));
    }
    eventually("all are there", () -> connections() == BOUND);
    assertServed();
  }

  @Test
  void manyScrapesAtOnceAreFewRenderings() throws Exception {
    RENDERINGS.clear();
    GATE.acquire();
    Scraper first = connect(Scraper.request(METRICS));
    eventually("a rendering has begun", () -> RENDERINGS.size() == 1);
    for (int i = 1; i < BOUND - 1; i++) {
      connect(Scraper.request(METRICS));
    }
    // What came before a probe that came before another is read.
    Scraper probe = connect("");
    for (int i = 0; i < 2; i++) {
      assertThat(probe.ask("/health/live")).startsWith("HTTP/1.1 200");
    }
    assertThat(predict().status()).isEqualTo(200);
    GATE.release();
    assertThat(first.answer()).contains("test_renderings 1.0");
    for (Scraper other : scrapers.subList(1, BOUND - 1)) {
      assertThat(other.answer()).contains("test_renderings 2.0");
    }
    assertThat(RENDERINGS).hasSize(2).allMatch(thread -> thread.startsWith("metrics-text"));
  }

  @Test
  void aFloodFromOneAddressPushesNobodyElseOut() throws Exception {
    assumeTrue(Scraper.hasAnotherAddress(), "this machine has one address of the loopback");
    Thread flood = Thread.ofPlatform().start(this::flood);
    int probes = 0;
    while (flood.isAlive() || probes == 0) {
      try (Scraper probe = new Scraper(application.managementPort())) {
        assertThat(probe.ask("/health/live")).startsWith("HTTP/1.1 200");
      }
      assertThat(connections()).isLessThanOrEqualTo(BOUND);
      probes++;
    }
    assertThat(predict().status()).isEqualTo(200);
  }

  private void flood() {
    try {
      for (int i = 0; i < 10 * CROWD; i++) {
        scrapers.add(new Scraper(application.managementPort(), Scraper.ANOTHER_ADDRESS));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
