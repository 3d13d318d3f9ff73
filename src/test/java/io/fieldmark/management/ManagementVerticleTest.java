package io.fieldmark.management;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.testing.Scraper;
import io.fieldmark.transport.InferenceCapacity;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is closed, and who is not, when clients of a management port are many or hang. */
class ManagementVerticleTest {
  private static final String LIVE = "/health/live";
  private static final String METRICS = "/metrics";
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** More than any socket holds. */
  private static final String MUCH = "much_of_it 1\n".repeat(2_000_000);

  private final Vertx vertx = Vertx.vertx();
  private final List<Scraper> scrapers = new ArrayList<>();

  /** A rendering takes it and puts it back. */
  private final Semaphore gate = new Semaphore(1);

  private final AtomicInteger begun = new AtomicInteger();
  private volatile String text = "little_of_it 1\n";
  private ManagementVerticle verticle;

  private void listen(int bound, Duration idleTimeout) throws Exception {
    Health health =
        new Health(
            () -> LifecycleState.SERVING,
            ManagementVerticleTest::idle,
            () -> Duration.ZERO,
            "",
            LONG);
    verticle =
        new ManagementVerticle(
            new AppConfig.Management("127.0.0.1", 0, bound, idleTimeout),
            health,
            this::render,
            JsonObject::new);
    await(vertx.deployVerticle(verticle));
  }

  private static InferenceCapacity idle() {
    return new InferenceCapacity(
        true, 0, 1, 1, 0, OptionalDouble.empty(), Duration.ZERO, Duration.ZERO, List.of());
  }

  private String render(String contentType) {
    int number = begun.incrementAndGet();
    gate.acquireUninterruptibly();
    gate.release();
    return "# %d of %s\n%s".formatted(number, contentType, text);
  }

  private Scraper connect() throws IOException {
    return connect("127.0.0.1");
  }

  private Scraper connect(String from) throws IOException {
    Scraper scraper = new Scraper(verticle.port(), from);
    scrapers.add(scraper);
    return scraper;
  }

  @AfterEach
  void close() throws Exception {
    gate.release();
    await(vertx.close());
    for (Scraper scraper : scrapers) {
      scraper.close();
    }
  }

  private static void assertAlive(Scraper scraper) throws IOException {
    assertThat(scraper.ask(LIVE)).startsWith("HTTP/1.1 200").contains("\"ok\"");
  }

  private static void assertClosed(Scraper... scrapers) throws Exception {
    for (Scraper scraper : scrapers) {
      eventually("it is closed", () -> closed(scraper));
    }
  }

  /** In the middle of its answer, not when that is read. */
  private static void assertCutOff(Scraper deaf) throws IOException {
    assertThat(deaf.bytesUntilClosed()).isLessThan(MUCH.length());
  }

  private static boolean closed(Scraper scraper) {
    try {
      return scraper.isClosed();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void whoHasBeenIdleTheLongestMakesRoom() throws Exception {
    listen(2, LONG);
    Scraper first = connect();
    assertAlive(first);
    Scraper silent = connect();
    eventually("both are there", () -> verticle.connections() == 2);
    assertAlive(first);
    Scraper newcomer = connect();
    assertAlive(newcomer);
    assertClosed(silent);
    assertAlive(first);
    assertThat(verticle.connections()).isEqualTo(2);
  }

  @Test
  void whoWaitsForAnAnswerIsNotIdle() throws Exception {
    listen(2, LONG);
    gate.acquire();
    Scraper asking = connect();
    asking.say(Scraper.request(METRICS));
    eventually("its rendering begins", () -> begun.get() == 1);
    Scraper younger = connect();
    assertAlive(younger);
    assertAlive(connect());
    assertClosed(younger);
    gate.release();
    assertThat(asking.answer()).endsWith(text);
  }

  @Test
  void whoeverHoldsTheMostMakesRoom() throws Exception {
    assumeTrue(Scraper.hasAnotherAddress(), "this machine has one loopback address");
    listen(3, LONG);
    Scraper alone = connect();
    assertAlive(alone);
    for (int i = 0; i < 20; i++) {
      connect(Scraper.ANOTHER_ADDRESS);
    }
    assertClosed(scrapers.subList(1, 19).toArray(Scraper[]::new));
    assertThat(scrapers.get(20).isClosed()).isFalse();
    assertAlive(alone);
  }

  @Test
  void whoDoesNotReadMakesRoomAsWell() throws Exception {
    text = MUCH;
    listen(1, LONG);
    Scraper deaf = connect();
    deaf.say(Scraper.request(METRICS));
    deaf.awaitAnswer();
    assertAlive(connect());
    assertThat(verticle.connections()).isEqualTo(1);
    assertCutOff(deaf);
  }

  @Test
  void whateverHangsIsClosedInTime() throws Exception {
    text = MUCH;
    listen(8, SHORT);
    connect();
    connect().say("GET /metrics HTTP/1.1\r\nHos");
    Scraper deaf = connect();
    deaf.say(Scraper.request(METRICS));
    deaf.awaitAnswer();
    connect().say(Scraper.request("/nothing"));
    assertAlive(connect());
    eventually("none is left", () -> verticle.connections() == 0);
    assertCutOff(deaf);
    assertClosed(scrapers.toArray(Scraper[]::new));
  }

  @Test
  void aDripIsClosedInTime() throws Exception {
    listen(8, SHORT);
    Scraper drip = connect();
    eventually(
        "it is closed",
        () -> {
          say(drip, "G");
          return closed(drip);
        });
  }

  private static void say(Scraper scraper, String text) {
    try {
      scraper.say(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void allWhoAskBeforeARenderingBeginsGetTheSame() throws Exception {
    listen(64, LONG);
    gate.acquire();
    Scraper first = connect();
    first.say(Scraper.request(METRICS));
    eventually("its rendering begins", () -> begun.get() == 1);
    List<Scraper> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Scraper other = connect();
      other.say(Scraper.request(METRICS));
      others.add(other);
    }
    // What came before a probe that came before another is read.
    assertAlive(connect());
    assertAlive(connect());
    gate.release();
    assertThat(first.answer()).contains("# 1 of text/plain");
    for (Scraper other : others) {
      assertThat(other.answer()).contains("# 2 of text/plain");
    }
    assertThat(begun).hasValue(2);
    assertThat(first.ask(METRICS)).contains("# 3 of text/plain");
  }
}
