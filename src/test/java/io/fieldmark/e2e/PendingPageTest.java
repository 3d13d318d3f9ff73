package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.RunningIngestion;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.testing.StoringClient;
import io.fieldmark.testing.StoringClient.Submitted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page where photos are stored before they are answered, and nobody waits for long. */
class PendingPageTest {
  private static final String STORED = "The service has it, and will look at it soon";
  private static final byte[] PHOTO = Upload.good("image/jpeg").body();

  @TempDir private Path folder;
  private final StoringClient broker = StoringClient.acknowledgingAtOnce();
  private Browser browser;
  private RunningIngestion ingestion;
  private FieldmarkPage page;

  @BeforeEach
  void open() throws Exception {
    browser = Browser.openOrSkip();
    ingestion = RunningIngestion.start(broker, Map.of("ingestion.default_wait", "0s"));
    URI address = URI.create("http://127.0.0.1:%d/".formatted(ingestion.port()));
    page = FieldmarkPage.open(browser, address, folder);
  }

  @AfterEach
  void close() throws IOException {
    if (ingestion != null) {
      ingestion.close();
      browser.close();
    }
  }

  @Test
  void aStoredPhotoShowsThatItIsWaitedForAndThenItsResult() throws Exception {
    page.choose(Map.of("cat.jpg", PHOTO));
    page.awaitText(".pending-text", STORED::equals);
    broker.take().predict();
    assertThat(page.settledCards(1).getFirst().title()).isEqualTo("cat");
    assertThat(browser.takeErrors()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void aStoredPhotoShowsItsRefusal() throws Exception {
    page.choose(Map.of("cat.jpg", PHOTO));
    page.awaitText(".pending-text", STORED::equals);
    Submitted photo = broker.take();
    photo.answer(Rejection.of(photo.request().id(), RejectionReason.UNDECODABLE, "It is cut off."));
    ResultCard card = page.settledCards(1).getFirst();
    assertThat(card.title()).isEqualTo("Image cannot be decoded");
    assertThat(card.detail()).isEqualTo("It is cut off.");
  }

  @Test
  void whoWaitsForTooLongMayGoOnWaitingAndSendsNothingAgain() throws Exception {
    page.choose(Map.of("cat.jpg", PHOTO));
    page.awaitText(".pending-text", STORED::equals);
    browser
        .driver()
        .executeScript(
            "window.now = Date.now; const late = Date.now() + 11 * 60_000; Date.now = () => late;");
    assertThat(page.settledCards(1).getFirst().title()).isEqualTo("Not looked at yet");
    browser.driver().executeScript("Date.now = window.now;");
    page.element(".retry").click();
    page.awaitText(".pending-text", STORED::equals);
    broker.take().predict();
    page.awaitText("[data-testid=result-label]", "cat"::equals);
    assertThat(broker.hasMore()).isFalse();
  }

  @Test
  void storedPhotosHoldNoOthersUp() throws Exception {
    Map<String, byte[]> photos = new LinkedHashMap<>();
    IntStream.range(0, 6).forEach(i -> photos.put("photo-" + i + ".jpg", PHOTO));
    page.choose(photos);
    for (int i = 0; i < photos.size(); i++) {
      broker.take().predict();
    }
    assertThat(page.settledCards(6)).extracting(ResultCard::title).containsOnly("cat");
  }
}
