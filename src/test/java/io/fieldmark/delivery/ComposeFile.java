package io.fieldmark.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldmark.testing.Nodes;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker/compose.yaml}, with what it repeats by reference put in place. */
record ComposeFile(JsonNode root) {
  static final Path FOLDER = Path.of("docker");

  /** A file of this project, and the path at which a container sees it. */
  record Mount(Path source, String target, boolean readOnly) {}

  /** Unlike Jackson's own reader, this one follows references. */
  static ComposeFile read() throws IOException {
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve("compose.yaml"))) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return new ComposeFile(new ObjectMapper().valueToTree(document));
    }
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
    return Nodes.texts(service(service).path("volumes")).stream()
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
