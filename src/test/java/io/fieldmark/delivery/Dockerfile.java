package io.fieldmark.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The instructions of {@code docker/Dockerfile}, by stage. */
record Dockerfile(Map<String, String> arguments, Map<String, Stage> stages) {
  /**
   * @param base an image, or another stage
   * @param instructions each as one line
   */
  record Stage(String base, List<String> instructions) {
    Stream<String> instructions(String name) {
      return instructions.stream()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1).strip());
    }
  }

  static Dockerfile read() throws IOException {
    String text =
        Files.readString(Path.of("docker/Dockerfile"))
            .replaceAll("(?m)^#.*\n", "")
            .replaceAll("\\\\\n\\s*", "");
    Map<String, String> arguments = new HashMap<>();
    Map<String, Stage> stages = new HashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      if (line.startsWith("FROM ")) {
        String[] words = line.split(" ", -1);
        current = new ArrayList<>();
        stages.put(words[3], new Stage(words[1], current));
      } else if (stages.isEmpty()) {
        String[] pair = line.substring("ARG ".length()).split("=", -1);
        arguments.put(pair[0], pair[1]);
      } else {
        current.add(line);
      }
    }
    return new Dockerfile(arguments, stages);
  }

  /** The stage and those that it is built upon, the lowest first. */
  List<Stage> chain(String target) {
    List<Stage> chain = new ArrayList<>();
    for (Stage stage = stages.get(target); stage != null; stage = stages.get(stage.base())) {
      chain.add(0, stage);
    }
    return chain;
  }

  /** The last such instruction, which is the one that counts. */
  String effective(String target, String name) {
    return chain(target).stream()
        .flatMap(stage -> stage.instructions(name))
        .reduce((earlier, later) -> later)
        .orElse("");
  }
}
