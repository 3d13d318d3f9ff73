package io.fieldmark.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker/compose.yaml}, with what it repeats by reference put in place. */
record ComposeFile(JsonNode root) {
  static final Path FOLDER = Path.of("docker");

  /** A file of this project, and the path at which a container sees it. */
  record Mount(Path source, String target, boolean readOnly) {}

  static ComposeFile read() throws IOException {
    return new ComposeFile(yaml(FOLDER.resolve("compose.yaml")));
  }

  /** Unlike Jackson's own reader, this one follows references. */
  static JsonNode yaml(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return new ObjectMapper().valueToTree(document);
    }
  }

  static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static List<String> texts(JsonNode array) {
    return elements(array).stream().map(JsonNode::asText).toList();
  }

  JsonNode services() {
    return root.path("services");
  }

  JsonNode service(String name) {
    return services().path(name);
  }

  Map<String, String> environment(String service) {
    Map<String, String> variables = new HashMap<>();
    service(service)
        .path("environment")
        .fields()
        .forEachRemaining(field -> variables.put(field.getKey(), field.getValue().asText()));
    return variables;
  }

  /** Volumes that docker keeps are not among them. */
  List<Mount> mounts(String service) {
    return texts(service(service).path("volumes")).stream()
        .map(mount -> mount.split(":", -1))
        .filter(parts -> parts[0].startsWith("."))
        .map(
            parts ->
                new Mount(
                    FOLDER.resolve(parts[0]).normalize(),
                    parts[1],
                    parts.length == 3 && parts[2].equals("ro")))
        .toList();
  }
}
