package io.fieldmark.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of all series that rules may read. */
public final class KnownMetrics {
  /** Seen in running processes. */
  private static final Path REFERENCE = Path.of("src/docs/metrics.md");

  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\|.*");

  /** From Prometheus itself, and from kube-state-metrics. */
  private static final List<String> OF_OTHERS =
      List.of(
          "up",
          "kube_pod_container_resource_limits",
          "kube_horizontalpodautoscaler_status_current_replicas",
          "kube_horizontalpodautoscaler_spec_max_replicas");

  private KnownMetrics() {}

  public static Set<String> all() {
    Set<String> names = new TreeSet<>(OF_OTHERS);
    try {
      Files.readAllLines(REFERENCE).forEach(line -> add(line, names));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return names;
  }

  private static void add(String line, Set<String> names) {
    var row = ROW.matcher(line);
    if (row.matches()) {
      String name = row.group(1);
      boolean distribution = Set.of("histogram", "summary").contains(row.group(2));
      names.addAll(
          distribution ? List.of(name + "_bucket", name + "_sum", name + "_count") : List.of(name));
    }
  }
}
