package io.fieldmark.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All dashboards, and the program that writes them: {@code make dashboards}. */
final class DashboardFiles {
  static final Path FOLDER = Path.of("grafana-dashboards");

  private DashboardFiles() {}

  static List<Dashboard> all() {
    return List.of(
        Overview.dashboard(),
        Pipeline.dashboard(),
        Kafka.dashboard(),
        ModelQuality.dashboard(),
        Resources.dashboard());
  }

  public static void main(String[] args) throws IOException {
    Files.createDirectories(FOLDER);
    for (Dashboard dashboard : all()) {
      Files.writeString(FOLDER.resolve(dashboard.fileName()), dashboard.json());
    }
  }
}
