package io.fieldmark.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.testing.Configs;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {
  private final Ingestion config =
      Configs.with("ingestion.default_wait", "10s", "ingestion.max_wait", "60s").ingestion();

  private Duration patience(String... fields) {
    return Preferences.of(List.of(fields)).patience(config);
  }

  private Optional<String> applied(String... fields) {
    return Preferences.of(List.of(fields)).applied(config);
  }

  @Test
  void whoSaysNothingWaitsForTheUsualTime() {
    assertThat(patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(applied()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "respond-async                          |  0 | respond-async",
        "RESPOND-ASYNC                          |  0 | respond-async",
        "respond-async; a=b                     |  0 | respond-async",
        "respond-async=\"\"                     |  0 | respond-async",
        "wait=3                                 |  3 | wait=3",
        "Wait = \"3\"                           |  3 | wait=3",
        "wait=0                                 |  0 | wait=0",
        "wait=60                                | 60 | wait=60",
        "wait=61                                | 60 | wait=60",
        "wait=999999999999999999                | 60 | wait=60",
        "wait=3, wait=5                         |  3 | wait=3",
        "wait=3, respond-async                  |  3 | respond-async, wait=3",
        "respond-async, wait=3                  |  3 | respond-async, wait=3",
        "handling=lenient; x=\"a, wait=9\", wait=3 |  3 | wait=3",
        ",, wait=3 ,                            |  3 | wait=3"
      })
  void whatIsWishedForIsHonouredWithinTheLimit(String field, int seconds, String applied) {
    assertThat(patience(field)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(applied(field)).contains(applied);
  }

  @Test
  void severalHeadersAreAsOne() {
    assertThat(applied("wait=3", "respond-async, wait=7")).contains("respond-async, wait=3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "wait",
        "wait=",
        "wait=-1",
        "wait=1.5",
        "wait=soon",
        "wait=9999999999999999999",
        "wait=x, wait=3",
        "wait:3",
        "respond-async=yes",
        "respond-asynchronously",
        "return=minimal",
        "\"",
        "wait=\"3",
        "x=\"wait=3"
      })
  void whatCannotBeUnderstoodIsIgnored(String field) {
    assertThat(applied(field)).isEmpty();
    assertThat(patience(field)).isEqualTo(config.defaultWait());
  }

  @Test
  void aHugeHeaderIsReadInNoTime() {
    char[] quotes = new char[100_000];
    Arrays.fill(quotes, '"');
    assertThat(applied(new String(quotes) + "x")).isEmpty();
    assertThat(applied("a=\"" + "\\".repeat(100_001))).isEmpty();
  }
}
