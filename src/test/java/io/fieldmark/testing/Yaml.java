package io.fieldmark.testing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads what is configuration of other programs. A key that stands there twice is an error, where
 * most would silently take the last.
 */
public final class Yaml {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private Yaml() {}

  /** The first document of a file. */
  public static JsonNode read(Path file) {
    return documents(file).get(0);
  }

  public static List<JsonNode> documents(Path file) {
    try (JsonParser parser = MAPPER.getFactory().createParser(file.toFile())) {
      return MAPPER.readValues(parser, JsonNode.class).readAll();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
