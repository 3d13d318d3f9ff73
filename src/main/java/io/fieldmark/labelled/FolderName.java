package io.fieldmark.labelled;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A label as the name of a folder that every file system takes, whatever people write: what is
 * neither an ASCII letter nor a digit is percent-encoded, but for {@code _} and, inside, {@code -
 * .} and blanks. One label has one name, and the name tells the label.
 */
public record FolderName(String text) {
  /** Bytes of the name: file systems take 255. */
  static final int LONGEST = 200;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern ENCODED = Pattern.compile("([A-Za-z0-9_ .-]|%[0-9A-F]{2})+");

  /** What Windows takes for a device, whatever follows the dot. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]) *([.].*)?");

  /** Empty when the name would be too long, or the label is. */
  public static Optional<FolderName> of(String label) {
    byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
    StringBuilder name = new StringBuilder();
    boolean device = DEVICE.matcher(label).matches();
    for (int i = 0; i < bytes.length; i++) {
      boolean inside = i > 0 && i < bytes.length - 1;
      if (isPlain(bytes[i], inside) && !(device && i == 0)) {
        name.append((char) bytes[i]);
      } else {
        name.append('%').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return name.isEmpty() || name.length() > LONGEST
        ? Optional.empty()
        : Optional.of(new FolderName(name.toString()));
  }

  private static boolean isPlain(byte letter, boolean inside) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '_'
        || (inside && (letter == '-' || letter == '.' || letter == ' '));
  }

  /** Empty for the name of a folder that stands for no label. */
  public static Optional<FolderName> read(String name) {
    return decoded(name).flatMap(FolderName::of).filter(of -> of.text().equals(name));
  }

  /** What the folder's photos show. */
  public String label() {
    return decoded(text).orElseThrow();
  }

  private static Optional<String> decoded(String name) {
    if (!ENCODED.matcher(name).matches()) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }
}
