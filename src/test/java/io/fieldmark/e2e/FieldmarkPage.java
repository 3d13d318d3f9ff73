package io.fieldmark.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as its reader meets it. Whatever takes time is waited for, with a limit. */
final class FieldmarkPage {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Browser browser;
  private final Path folder;

  /**
   * @param folder for the files to choose
   */
  private FieldmarkPage(Browser browser, Path folder) {
    this.browser = browser;
    this.folder = folder;
  }

  /** Opens the page and waits until it has heard of the model, the capacity and the live feed. */
  static FieldmarkPage open(Browser browser, RunningService service, Path folder) {
    return open(browser, service.uri("/"), folder);
  }

  static FieldmarkPage open(Browser browser, URI address, Path folder) {
    browser.open(address);
    FieldmarkPage page = new FieldmarkPage(browser, folder);
    page.awaitText("#feed-state", text -> text.startsWith("Live"));
    page.awaitText("#capacity-state", text -> text.startsWith("Ready"));
    page.awaitText("#model-line", text -> text.startsWith("Model"));
    return page;
  }

  /** Chooses files at once, as in the browser's dialogue. */
  void choose(Map<String, byte[]> files) {
    String paths =
        files.entrySet().stream()
            .map(file -> write(file.getKey(), file.getValue()).toString())
            .collect(Collectors.joining("\n"));
    browser.driver().findElement(By.id("file-input")).sendKeys(paths);
  }

  private Path write(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content).toAbsolutePath();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * Drops or pastes a picture that is drawn anew on a canvas in the page.
   *
   * @param event drop or paste
   */
  Handover handOver(String event, String name, byte[] jpeg) {
    Map<?, ?> seen =
        (Map<?, ?>)
            browser
                .driver()
                .executeAsyncScript(
                    Handover.SCRIPT, event, name, Base64.getEncoder().encodeToString(jpeg));
    return new Handover((String) seen.get("zone"), (Boolean) seen.get("kept"));
  }

  /** All cards, newest lot first, once there are as many and each has come to its end. */
  List<ResultCard> settledCards(int count) {
    return await()
        .withMessage(() -> count + " settled cards, not " + cards())
        .until(
            driver -> {
              List<ResultCard> cards = cards();
              return cards.size() == count && cards.stream().allMatch(ResultCard::settled)
                  ? cards
                  : null;
            });
  }

  private List<ResultCard> cards() {
    return ((List<?>) browser.driver().executeScript(ResultCard.SCRIPT))
        .stream().map(card -> ResultCard.of((Map<?, ?>) card)).toList();
  }

  /** What the live feed shows, newest first, once that is as wanted. */
  List<String> feed(Predicate<List<String>> wanted) {
    return await()
        .withMessage(() -> "the live feed, not " + texts("[data-testid=live-entry]"))
        .until(
            driver -> {
              List<String> entries = texts("[data-testid=live-entry]");
              return wanted.test(entries) ? entries : null;
            });
  }

  String awaitText(String selector, Predicate<String> wanted) {
    return await()
        .withMessage(() -> selector + ", not " + texts(selector))
        .until(driver -> texts(selector).stream().filter(wanted).findFirst().orElse(null));
  }

  /** Whether shown or, being far down the page, not yet rendered; blanks joined. */
  List<String> texts(String selector) {
    List<?> texts =
        (List<?>)
            browser
                .driver()
                .executeScript(
                    "return [...document.querySelectorAll(arguments[0])]"
                        + ".map(e => e.textContent.replace(/\\s+/g, ' ').trim())",
                    selector);
    return texts.stream().map(String.class::cast).toList();
  }

  WebElement element(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  /** Goes on to the next element by keyboard, and says where the focus is and how it shows. */
  Focus press(Keys key) {
    new Actions(browser.driver()).sendKeys(key).perform();
    Map<?, ?> now = (Map<?, ?>) browser.driver().executeScript(Focus.SCRIPT);
    return new Focus((String) now.get("name"), (Boolean) now.get("visible"));
  }

  /** Notes every summary and every card's state from now on, however short it stands there. */
  void watchProgress() {
    browser
        .driver()
        .executeScript(
            """
            window.seen = [];
            const results = document.getElementById('results');
            new MutationObserver(() => window.seen.push(
                document.getElementById('results-summary').textContent,
                ...[...document.querySelectorAll('.card')].map(card => card.dataset.state)))
              .observe(results, { subtree: true, childList: true, attributes: true });
            """);
  }

  /** Each summary and state once, in the order in which they came. */
  List<String> progress() {
    List<?> seen = (List<?>) browser.driver().executeScript("return [...new Set(window.seen)]");
    return seen.stream().map(String.class::cast).toList();
  }

  private WebDriverWait await() {
    return new WebDriverWait(browser.driver(), PATIENCE, Duration.ofMillis(50));
  }
}
