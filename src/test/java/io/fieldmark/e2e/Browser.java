package io.fieldmark.e2e;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real, headless Chromium with a profile of its own, which goes when the browser is closed. */
final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> DRIVERS = List.of("chromedriver");
  private static final Path MAC_BROWSER =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  private static final String NOTE_VIOLATIONS =
      """
      window.policyViolations = [];
      document.addEventListener('securitypolicyviolation',
          e => window.policyViolations.push(e.violatedDirective + ' ' + e.blockedURI));
      """;

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path executable, Path driverExecutable) throws IOException {
    profile = Files.createTempDirectory("fieldmark-browser");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driverExecutable.toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    driver = new ChromeDriver(service, options(executable, profile));
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", NOTE_VIOLATIONS));
  }

  /** Skips the calling test, and says so where nobody overlooks it, when there is no browser. */
  static Browser openOrSkip() throws IOException {
    Optional<Path> browser =
        Tool.find(BROWSERS).or(() -> Optional.of(MAC_BROWSER).filter(Files::isExecutable));
    Optional<Path> driver = Tool.find(DRIVERS);
    if (browser.isEmpty() || driver.isEmpty()) {
      Tool.skip(
          """
          THE PAGE IS NOT TESTED: %s not found.
          Install both, Chromium and the driver of the same version, and run the tests again:
            Debian: apt-get install chromium chromium-driver
            macOS:  brew install --cask google-chrome chromedriver
          """
              .formatted(browser.isEmpty() ? "Chromium or Google Chrome was" : "chromedriver was"));
    }
    return new Browser(browser.orElseThrow(), driver.orElseThrow());
  }

  private static ChromeOptions options(Path executable, Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(executable.toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--window-size=1200,900",
        "--user-data-dir=" + profile);
    return options;
  }

  ChromeDriver driver() {
    return driver;
  }

  void open(URI address) {
    driver.get(address.toString());
  }

  /** What went wrong on the page since the last call: logged errors and uncaught exceptions. */
  List<String> takeErrors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What the page's content security policy has blocked since the page was opened. */
  List<?> policyViolations() {
    return (List<?>) driver.executeScript("return window.policyViolations");
  }

  void resize(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** Nothing moves, so that a screenshot never shows half a movement. */
  void prefer(String colorScheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", colorScheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() throws IOException {
    try {
      driver.quit();
    } finally {
      delete(profile);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
