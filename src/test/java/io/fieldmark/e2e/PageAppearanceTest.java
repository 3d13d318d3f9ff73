package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** How the page looks and is operated, in a real Chromium against the real service. */
class PageAppearanceTest extends BrowserTest {
  private static final byte[] PANDA = DrawnPanda.draw().jpeg();

  @Test
  void worksWithTheKeyboardAlone() {
    page.choose(Map.of("panda.jpg", PANDA));
    page.settledCards(1);
    browser.driver().executeScript("document.activeElement.blur()");

    List<Focus> round = Stream.generate(() -> page.press(Keys.TAB)).limit(7).toList();
    assertThat(round)
        .extracting(Focus::name)
        .containsExactly(
            "skip", "file-input", "clear-all", "thumb", "thumb", "dismiss", "feed-pause");
    assertThat(round).allMatch(Focus::visible);

    page.element(".dismiss").sendKeys(Keys.SPACE);
    assertThat(page.settledCards(0)).isEmpty();
    assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
        .isEqualTo("file-input");
  }

  @Test
  void fitsAPhone() {
    browser.resize(360, 740, true);
    page.choose(
        Map.of(
            "one-of-those-names-that-telephones-give-IMG_20260101_120000.jpg",
            PANDA,
            "t.txt",
            new byte[1]));
    page.settledCards(2);

    assertThat(
            browser
                .driver()
                .executeScript("return [innerWidth, document.documentElement.scrollWidth]"))
        .isEqualTo(List.of(360L, 360L));
  }

  @Test
  void fitsAPhoneWhileTheRightAnimalIsChosen() throws Exception {
    browser.resize(360, 740, true);
    page.choose(Map.of("panda.jpg", PANDA));
    page.settledCards(1);
    page.element("[data-testid=thumb-down]").click();
    page.awaitText("[data-testid=feedback-note]", text -> text.startsWith("Noted as wrong"));

    assertThat(page.element("[data-testid=label-chooser]").isDisplayed()).isTrue();
    assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(360L);
    browser
        .driver()
        .executeScript("document.querySelector('.feedback').scrollIntoView({block: 'center'})");
    Files.write(Path.of("target/feedback.png"), browser.screenshot());
  }

  @Test
  void isDarkForThoseWhoLikeItDark() {
    int light = brightness();
    browser.prefer("dark");

    assertThat(light).isGreaterThan(200);
    assertThat(brightness()).isLessThan(50);
  }

  /** Of the page's background, 0–255. */
  private static int brightness() {
    String color =
        (String)
            browser
                .driver()
                .executeScript("return getComputedStyle(document.body).backgroundColor");
    return (int)
        Pattern.compile("\\d+")
            .matcher(color)
            .results()
            .limit(3)
            .mapToInt(part -> Integer.parseInt(part.group()))
            .average()
            .orElseThrow();
  }

  /** For the README, and to look at after every change. */
  @Test
  void makesAScreenshot() throws Exception {
    Map<String, byte[]> photos = new LinkedHashMap<>();
    photos.put("panda.jpg", PANDA);
    photos.put("butterfly.jpg", DrawnButterfly.draw().jpeg());
    photos.put("tiger.jpg", DrawnTiger.draw().jpeg());
    photos.put("duck.jpg", DrawnDuck.draw().jpeg());
    page.choose(photos);
    page.settledCards(4);
    ApiClient others = new ApiClient(service);
    for (int sent = 1; page.texts("[data-testid=live-entry]").size() < 12; sent++) {
      int before = page.texts("[data-testid=live-entry]").size();
      others.post("/v1/predictions", Map.of(), List.copyOf(photos.values()).get(sent * 3 % 4));
      page.feed(entries -> entries.size() > before);
    }
    browser.resize(1200, 1080, false);
    page.awaitText("#capacity-figures div:first-child dd", "0 of 1"::equals);

    byte[] png = browser.screenshot();
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(1200);
    Files.write(Path.of("target/page.png"), png);
  }
}
