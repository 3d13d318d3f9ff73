package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftReferenceFileTest {
  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("reference.properties");
  }

  private DriftReferenceFile file() {
    return new DriftReferenceFile(path());
  }

  private void change(String from, String to) throws IOException {
    file().write(References.ofCatsAndDogs());
    String text = Files.readString(path());
    assertThat(text).contains(from);
    Files.writeString(path(), text.replace(from, to));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    file().write(References.ofCatsAndDogs());
    assertThat(file().read()).isEqualTo(References.ofCatsAndDogs());
    assertThat(file().read().answers()).isEqualTo(1_000);
    assertThat(file().read().identified()).isEqualTo(0.9);
  }

  @Test
  void theSameReferenceGivesTheSameBytesAndReplacesWhatWasThere() throws IOException {
    file().write(References.ofCatsAndDogs());
    String once = Files.readString(path());
    file().write(References.ofCatsAndDogs());
    assertThat(Files.readString(path()))
        .isEqualTo(once)
        .startsWith("# What")
        .contains("\nlabel.cat=450\n");
    assertThat(folder.toFile().list()).containsExactly("reference.properties");
  }

  @Test
  void labelsMayHaveAnyName() throws IOException {
    DriftReference odd =
        new DriftReference(
            References.ofCatsAndDogs().model(),
            "Zoo, 7 days: #1",
            References.ofCatsAndDogs().bands(),
            new TreeMap<>(Map.of("polar bear", 1L, "a=b:c", 2L, "Bär", 3L)));
    file().write(odd);
    assertThat(file().read()).isEqualTo(odd);
  }

  @Test
  void whatIsMissingOrNoNumberIsNamed() throws IOException {
    change("confidence.0.3-0.4=0\n", "");
    assertThatThrownBy(file()::read).hasMessageEndingWith("confidence.0.3-0.4 is missing");
    change("label.cat=450", "label.cat=many");
    assertThatThrownBy(file()::read)
        .hasMessageEndingWith("label.cat must be a whole number, not 'many'");
    change("model.version=1", "");
    assertThatThrownBy(file()::read).hasMessageEndingWith("model.version is missing");
  }

  @Test
  void aReferenceOfNothingIsNone() throws IOException {
    file()
        .write(
            new DriftReference(
                References.ofCatsAndDogs().model(),
                "nothing",
                References.ofCatsAndDogs().bands(),
                new TreeMap<>(Map.of("cat", 0L))));
    assertThatThrownBy(file()::read).hasMessageEndingWith("counts no answers");
  }

  @Test
  void aFileThatIsNotThereOrNoTextIsNamed() throws IOException {
    assertThatThrownBy(file()::read)
        .isInstanceOf(UnusableReferenceException.class)
        .hasMessage("The drift reference %s cannot be read", path());
    for (byte[] content :
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, 0}, "\\u00zz".getBytes(StandardCharsets.UTF_8))) {
      Files.write(path(), content);
      assertThatThrownBy(file()::read).hasMessageContaining("cannot be read");
    }
  }
}
