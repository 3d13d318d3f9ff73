package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.support.ui.Select;

/** The page in a real Chromium, against the real service with its model. */
class PageTest extends BrowserTest {
  private static final byte[] PANDA = DrawnPanda.draw().jpeg();
  private static final byte[] BUTTERFLY = DrawnButterfly.draw().jpeg();
  private static final byte[] TIGER = DrawnTiger.draw().jpeg();

  @Test
  void opensWithoutErrorAndTellsWhatItKnows() throws Exception {
    JsonNode model = new ApiClient(service).get("/v1/models").json().at("/models/0");
    List<String> labels = new ArrayList<>();
    model.get("labels").forEach(label -> labels.add(label.asText()));

    page.awaitText("#known-note", text -> text.startsWith(labels.size() + " kinds"));
    assertThat(page.texts("#known-labels li")).hasSizeGreaterThan(1).isEqualTo(labels);
    assertThat(page.texts("[data-testid=model-line]").getFirst())
        .contains(model.get("name").asText(), model.get("version").asText(), "% of test photos");
    assertThat(browser.takeErrors()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void letsNoForeignScriptIn() {
    browser
        .driver()
        .executeScript(
            "const s = document.createElement('script');"
                + "s.textContent = 'window.intruder = true'; document.body.append(s);");

    assertThat(browser.policyViolations()).hasSize(1);
    assertThat(browser.driver().executeScript("return window.intruder")).isNull();
  }

  @Test
  void showsWhatTheModelFound() {
    page.choose(Map.of("butterfly.jpg", BUTTERFLY));

    ResultCard card = page.settledCards(1).getFirst();
    assertThat(card.state()).isEqualTo("done");
    assertThat(card.title()).isEqualTo("butterfly");
    assertThat(card.detail()).isEqualTo("Identified");
    assertThat(card.confidence()).matches("9\\d\\.\\d%|> 99\\.9%");
    assertThat(card.bar()).isBetween(0.9, 1.0);
    assertThat(card.runnersUp()).hasSize(4).allMatch(text -> text.matches("[a-z]+ .*\\d\\.\\d%"));
    assertThat(card.runnerUpBars()).hasSize(4).allSatisfy(bar -> assertThat(bar).isLessThan(0.1));
    assertThat(card.timings()).contains("queue", "decode", "infer").endsWith("total");
    assertThat(page.element("[data-testid=result-label]").isDisplayed()).isTrue();
    assertThat(browser.takeErrors()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void takesSeveralAtOnceAndShowsHowFarItIs() {
    page.watchProgress();
    Map<String, byte[]> photos = new LinkedHashMap<>();
    IntStream.range(0, 6).forEach(i -> photos.put("photo-" + i + ".jpg", i < 3 ? PANDA : TIGER));
    page.choose(photos);

    assertThat(page.settledCards(6))
        .extracting(ResultCard::file)
        .containsExactlyElementsOf(photos.keySet());
    assertThat(page.progress())
        .contains("queued", "uploading", "0 of 6 photos done", "3 of 6 photos done")
        .containsSubsequence("1 of 6 photos done", "5 of 6 photos done");
    assertThat(page.texts("#results-summary").getFirst())
        .matches("(\\d (identified|not sure)( · )?)+");
    page.feed(entries -> entries.size() == photos.size());
    assertThat(browser.policyViolations()).isEmpty();

    page.element("[data-testid=clear-all]").click();
    assertThat(page.settledCards(0)).isEmpty();
  }

  @Test
  void saysInPlainWordsWhatIsWrongWithAFile() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("whole.jpg", PANDA);
    files.put("cut-off.jpg", Arrays.copyOf(PANDA, PANDA.length / 2));
    files.put("notes.txt", "Not a photo".getBytes(StandardCharsets.UTF_8));
    files.put("notes.json", "{}".getBytes(StandardCharsets.UTF_8));
    files.put("large.jpg", Arrays.copyOf(PANDA, (10 << 20) + 1));
    files.put("last.jpg", BUTTERFLY);
    page.choose(files);

    assertThat(page.settledCards(6))
        .extracting(ResultCard::title)
        .containsExactly(
            "panda",
            "Image cannot be decoded",
            "Not a supported image",
            "Not a supported image",
            "Image too large",
            "butterfly");
    assertThat(page.settledCards(6).get(1).detail()).contains("truncated or damaged");
    assertThat(page.settledCards(6).get(2).detail()).contains("JPEG, PNG");
    assertThat(page.texts("#results-summary").getFirst()).endsWith("4 failed");
  }

  @Test
  void thumbsUpCountAsRight() throws Exception {
    page.choose(Map.of("panda.jpg", PANDA));
    page.settledCards(1);
    long before = rightAnswers();
    page.element("[data-testid=thumb-up]").click();

    page.awaitText("[data-testid=feedback-note]", text -> text.startsWith("Noted as right"));
    assertThat(pressed("up")).isEqualTo("true");
    assertThat(pressed("down")).isEqualTo("false");
    assertThat(page.element("[data-testid=label-chooser]").isDisplayed()).isFalse();
    eventually("it is counted", () -> rightAnswers() == before + 1);
    assertThat(browser.takeErrors()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void afterThumbsDownTheRightAnimalCanBeChosen() throws Exception {
    page.choose(Map.of("panda.jpg", PANDA));
    page.settledCards(1);
    page.element("[data-testid=thumb-down]").click();
    page.awaitText("[data-testid=feedback-note]", text -> text.startsWith("Noted as wrong"));
    page.awaitText("[data-testid=label-chooser] option", "bear"::equals);
    List<String> choices = page.texts("[data-testid=label-chooser] option");
    assertThat(choices).hasSize(20).startsWith("Choose…", "bear").endsWith("something else");
    assertThat(choices).doesNotContain("panda");
    new Select(page.element("[data-testid=label-chooser]")).selectByValue("bear");

    page.awaitText("[data-testid=feedback-note]", text -> text.startsWith("Noted: bear"));
    assertThat(pressed("down")).isEqualTo("true");
    eventually("it is counted", () -> quality().at("/confusion/cells").toString().contains("bear"));
    assertThat(browser.takeErrors()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
  }

  private String pressed(String thumb) {
    return page.element("[data-testid=thumb-%s]".formatted(thumb)).getDomAttribute("aria-pressed");
  }

  private static long rightAnswers() {
    return quality().at("/accuracy/0/correct").asLong();
  }

  private static JsonNode quality() {
    try {
      return new ApiClient(service).get("/v1/models/fieldmark-animals/quality").json();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "paste"})
  void takesPicturesFromElsewhere(String event) {
    Handover handover = page.handOver(event, "canvas.png", BUTTERFLY);

    ResultCard card = page.settledCards(1).getFirst();
    assertThat(card.file()).isEqualTo("canvas.png");
    assertThat(card.title()).isEqualTo("butterfly");
    assertThat(handover.zone().contains("is-target")).isEqualTo(event.equals("drop"));
    assertThat(handover.kept()).isEqualTo(event.equals("drop"));
    assertThat(page.texts("#drop-zone.is-target")).isEmpty();
  }

  @Test
  void liveFeedShowsWhatOthersSend() throws Exception {
    assertThat(page.texts("[data-testid=live-entry]")).isEmpty();
    JsonNode answer = new ApiClient(service).post("/v1/predictions", Map.of(), PANDA).json();

    String entry = page.feed(entries -> entries.size() == 1).getFirst();
    Matcher parts = Pattern.compile("panda (\\d+\\.\\d)% \\d\\d:\\d\\d:\\d\\d").matcher(entry);
    assertThat(parts.matches()).as(entry).isTrue();
    assertThat(Double.parseDouble(parts.group(1)))
        .isCloseTo(100 * answer.get("confidence").asDouble(), within(0.1));
    assertThat(page.texts("[data-testid=result-card]")).isEmpty();
  }

  @Test
  void showsHowBusyTheServiceIs() {
    assertThat(page.texts("[data-testid=capacity-state]").getFirst()).startsWith("Ready");
    assertThat(page.texts("#capacity-figures dt"))
        .contains("Workers at work", "Photos in line", "Photos in hand");
    page.awaitText("#capacity-figures dd", "0 of 1"::equals);
  }

  @Test
  void findsTheServiceAgainAfterABreak() throws Exception {
    RunningService first = RunningService.start(Map.of());
    try (first) {
      page = FieldmarkPage.open(browser, first, folder);
    }
    page.awaitText("#capacity-state", "Not reachable"::equals);
    page.choose(Map.of("panda.jpg", PANDA));
    assertThat(page.settledCards(1).getFirst().title()).isEqualTo("No connection to the service");

    try (RunningService second =
        RunningService.start(Map.of("http.port", Integer.toString(first.port())))) {
      page.awaitText("#capacity-state", text -> text.startsWith("Ready"));
      page.element(".retry").click();
      page.awaitText("[data-testid=result-label]", "panda"::equals);
      page.awaitText("#feed-state", text -> text.startsWith("Live"));
      new ApiClient(second).post("/v1/predictions", Map.of(), BUTTERFLY);
      page.feed(entries -> entries.stream().anyMatch(entry -> entry.startsWith("butterfly")));
    }
  }
}
