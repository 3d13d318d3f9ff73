package io.fieldmark.inference.drift;

import io.fieldmark.domain.ConfidenceBand;
import io.fieldmark.domain.ModelReference;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A reference as a file of key=value lines, the same bytes for the same reference. */
public final class DriftReferenceFile {
  private static final String HEADER =
      """
      # What the answers of this model look like when all is well: counts by confidence and by label,
      # to which drift compares. Written by "fieldmark baseline"; drift.reference names such a file.
      """;
  private static final String BAND = "confidence.";
  private static final String LABEL = "label.";

  private final Path file;

  public DriftReferenceFile(Path file) {
    this.file = file;
  }

  /**
   * @throws UnusableReferenceException that says why it cannot be used
   */
  public DriftReference read() {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new UnusableReferenceException(
          "The drift reference %s cannot be read".formatted(file), unreadable);
    }
    List<Long> bands =
        ConfidenceBand.names().stream().map(band -> count(properties, BAND + band)).toList();
    SortedMap<String, Long> labels = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(LABEL)) {
        labels.put(key.substring(LABEL.length()), count(properties, key));
      }
    }
    if (bands.stream().allMatch(n -> n == 0) || labels.values().stream().allMatch(n -> n == 0)) {
      throw unusable("counts no answers");
    }
    return new DriftReference(
        new ModelReference(text(properties, "model.name"), text(properties, "model.version")),
        text(properties, "source"),
        bands,
        labels);
  }

  private long count(Properties properties, String key) {
    String text = text(properties, key);
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException notOne) {
      throw unusable("%s must be a whole number, not '%s'".formatted(key, text));
    }
  }

  private String text(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw unusable(key + " is missing");
    }
    return value.strip();
  }

  private UnusableReferenceException unusable(String problem) {
    return new UnusableReferenceException(
        "The drift reference %s cannot be used: %s".formatted(file, problem));
  }

  /** Replaces what is there at once, so that nobody ever reads half of it. */
  public void write(DriftReference reference) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("model.name", reference.model().name());
    properties.setProperty("model.version", reference.model().version());
    properties.setProperty("source", reference.source());
    List<String> names = ConfidenceBand.names();
    for (int band = 0; band < names.size(); band++) {
      properties.setProperty(BAND + names.get(band), reference.bands().get(band).toString());
    }
    reference.labels().forEach((label, n) -> properties.setProperty(LABEL + label, n.toString()));
    Path beside = Path.of(file + ".new");
    Files.writeString(beside, HEADER + lines(properties));
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Escaped as the format wants, but sorted, and without the date that the library writes. */
  private static String lines(Properties properties) throws IOException {
    StringWriter stored = new StringWriter();
    properties.store(stored, null);
    return stored
        .toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
