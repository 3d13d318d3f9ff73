package io.fieldmark.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rules that Prometheus is given. */
final class RuleFiles {
  static final String ALWAYS = "FieldmarkProbe";
  private static final Path FOLDER = Path.of("alerts");

  private RuleFiles() {}

  /** The project's, where there are some, and one whose alert always fires. */
  static List<Path> all(Path folder) throws IOException {
    Path always = folder.resolve("always.yml");
    Files.writeString(
        always,
        """
        groups:
          - name: test
            rules:
              - alert: %s
                expr: vector(1)
                labels: {severity: none, instance: none, pod: none}
        """
            .formatted(ALWAYS));
    List<Path> rules = new ArrayList<>(List.of(always));
    if (Files.isDirectory(FOLDER)) {
      try (Stream<Path> files = Files.list(FOLDER)) {
        files.filter(RuleFiles::isRules).forEach(rules::add);
      }
    }
    return rules;
  }

  /** The folder holds what Alertmanager, Grafana and promtool read as well. */
  private static boolean isRules(Path file) {
    try {
      return file.toString().endsWith(".yml")
          && Files.readString(file).lines().anyMatch(line -> line.equals("groups:"))
          && Files.readString(file).lines().noneMatch(line -> line.startsWith("apiVersion:"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
