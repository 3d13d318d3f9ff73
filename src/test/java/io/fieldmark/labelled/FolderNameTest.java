package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNameTest {
  private static String name(String label) {
    return FolderName.of(label).orElseThrow().text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "lion|lion",
        "polar bear|polar bear",
        "T-Rex v1.2|T-Rex v1.2",
        "a/b|a%2Fb",
        "a\\b|a%5Cb",
        "100%|100%25",
        "C:|C%3A",
        "..|%2E%2E",
        ".git|%2Egit",
        "bear.|bear%2E",
        "-rf|%2Drf",
        "a*?<>|a%2A%3F%3C%3E",
        "con|%63on",
        "NUL.txt|%4EUL.txt",
        "Com1|%43om1",
        "console|console",
        "Ameisenbär|Ameisenb%C3%A4r",
        "🦒|%F0%9F%A6%92",
        "%2E|%252E"
      })
  void aLabelHasANameThatEveryFileSystemTakesAndThatTellsIt(String label, String expected) {
    assertThat(name(label)).isEqualTo(expected);
    assertThat(FolderName.read(expected).map(FolderName::label)).contains(label);
  }

  @Test
  void everyLetterThereIsComesBack() {
    for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
      if (Character.getType(letter) != Character.SURROGATE) {
        String label = Character.toString(letter);
        assertThat(FolderName.read(name(label)).map(FolderName::label)).contains(label);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".git",
        "Ameisenbär",
        "a%2fb",
        "%61",
        "%",
        "%4",
        "%GG",
        "con",
        "%FF"
      })
  void whatNoLabelIsCalledIsNotRead(String name) {
    assertThat(FolderName.read(name)).isEmpty();
  }

  @Test
  void aLabelWhoseNameWouldBeTooLongHasNone() {
    assertThat(FolderName.of("x".repeat(200))).isPresent();
    assertThat(FolderName.of("x".repeat(201))).isEmpty();
    assertThat(FolderName.of("熊".repeat(22))).isPresent();
    assertThat(FolderName.of("熊".repeat(23))).isEmpty();
    assertThat(FolderName.of("")).isEmpty();
  }

  @Test
  void theFileSystemTakesThem(@TempDir Path folder) throws Exception {
    for (String label : List.of("../../etc", "a\u0000b", "熊".repeat(22), "aux", ".", "\uFFFF")) {
      Path made = Files.createDirectory(folder.resolve(name(label)));
      assertThat(made.getParent()).isEqualTo(folder);
      assertThat(FolderName.read(made.getFileName().toString()).map(FolderName::label))
          .contains(label);
    }
  }
}
