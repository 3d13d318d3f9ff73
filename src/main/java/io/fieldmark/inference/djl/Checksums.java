package io.fieldmark.inference.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The SHA-256 of every file in a model folder, as {@code sha256sum} writes and checks them. */
final class Checksums {
  static final String FILE = "SHA256SUMS";

  private Checksums() {}

  /**
   * A network with a flipped byte loads and answers wrongly in silence, so every file is read and
   * compared before any is used.
   *
   * @return hexadecimal digests by file name
   */
  static Map<String, String> verified(Path folder) throws IOException {
    Map<String, String> verified = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve(FILE))) {
      String[] columns = line.strip().split("\\s+\\*?", 2);
      if (columns.length != 2) {
        throw new InvalidModelException("%s has a line that is none: %s".formatted(FILE, line));
      }
      String actual = sha256(folder.resolve(columns[1]));
      if (!actual.equalsIgnoreCase(columns[0])) {
        throw new InvalidModelException(
            "%s is damaged or was changed: its SHA-256 is %s, %s says %s"
                .formatted(folder.resolve(columns[1]), actual, FILE, columns[0]));
      }
      verified.put(columns[1], actual);
    }
    return verified;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
