package io.fieldmark.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page anew for each test, in one browser and against one service for each class. */
abstract class BrowserTest {
  static RunningService service;
  static Browser browser;

  @TempDir Path folder;
  FieldmarkPage page;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.openOrSkip();
    service = RunningService.start(Map.of());
  }

  @AfterAll
  static void end() throws IOException {
    if (service != null) {
      service.close();
      service = null;
    }
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @BeforeEach
  void open() {
    browser.resize(1200, 900, false);
    browser.prefer("light");
    browser.takeErrors();
    page = FieldmarkPage.open(browser, service, folder);
  }
}
