package io.fieldmark.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A workflow of GitHub Actions. */
record Workflow(Path file, JsonNode root) {
  private static final Path FOLDER = Path.of(".github/workflows");

  /** One of its jobs; the name begins with the workflow's file. */
  record Job(String name, JsonNode root) {
    List<JsonNode> steps() {
      return ComposeFile.elements(root.path("steps"));
    }
  }

  static List<Workflow> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(file -> new Workflow(file, yaml(file))).toList();
    }
  }

  /** A key that stands there twice is an error, where YAML would silently take the last. */
  static JsonNode yaml(Path file) {
    try {
      return new ObjectMapper(new YAMLFactory())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String name() {
    return file.getFileName().toString().replace(".yml", "");
  }

  List<Job> jobs() {
    return root.path("jobs").properties().stream()
        .map(job -> new Job(name() + "/" + job.getKey(), job.getValue()))
        .toList();
  }

  /** The shell scripts of all its steps. */
  List<String> scripts() {
    return jobs().stream()
        .flatMap(job -> job.steps().stream())
        .filter(step -> step.has("run"))
        .map(step -> step.path("run").asText())
        .toList();
  }
}
