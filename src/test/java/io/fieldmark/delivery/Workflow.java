package io.fieldmark.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.testing.Nodes;
import io.fieldmark.testing.Yaml;
import java.io.IOException;
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
      return Nodes.elements(root.path("steps"));
    }
  }

  static List<Workflow> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(file -> new Workflow(file, Yaml.read(file))).toList();
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
