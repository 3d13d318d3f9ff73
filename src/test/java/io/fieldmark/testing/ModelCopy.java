package io.fieldmark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The embedded model, copied so that a test can change it. */
public record ModelCopy(Path folder) {
  private static final String CHECKSUMS = "SHA256SUMS";

  /**
   * @param empty folder that is filled
   */
  public static ModelCopy into(Path empty) throws IOException {
    try (Stream<Path> files = Files.list(ModelUnderTest.EMBEDDED)) {
      for (Path file : files.toList()) {
        Files.copy(file, empty.resolve(file.getFileName()));
      }
    }
    return new ModelCopy(empty);
  }

  /** Changes a text, which must be there, and the file's checksum with it. */
  public void change(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
    sign(file);
  }

  /** Makes the checksum of a changed file true again. */
  public void sign(String file) throws IOException {
    Path sums = folder.resolve(CHECKSUMS);
    String sha256 = sha256(Files.readAllBytes(folder.resolve(file)));
    List<String> lines =
        Files.readAllLines(sums).stream()
            .map(line -> line.endsWith(" " + file) ? sha256 + "  " + file : line)
            .toList();
    Files.write(sums, lines);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
