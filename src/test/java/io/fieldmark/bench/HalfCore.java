package io.fieldmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A control group of the kernel that grants half a core, as a container's limit does. Only where
 * this program may create one; slowing processes down by signals would measure the signals.
 */
final class HalfCore implements AutoCloseable {
  /** Short, so that a photo's latency shows the share and not the period. */
  private static final String PERIOD_MICROS = "10000";

  private static final String QUOTA_MICROS = "5000";

  /** What says so in version 1 and in version 2 of control groups, by where they are mounted. */
  private static final Map<Path, Map<String, String>> VERSIONS =
      Map.of(
          Path.of("/sys/fs/cgroup/cpu"),
          Map.of("cpu.cfs_period_us", PERIOD_MICROS, "cpu.cfs_quota_us", QUOTA_MICROS),
          Path.of("/sys/fs/cgroup"),
          Map.of("cpu.max", QUOTA_MICROS + " " + PERIOD_MICROS));

  private final Path group;

  private HalfCore(Path group) {
    this.group = group;
  }

  /** Empty where it cannot be had. */
  static Optional<HalfCore> create(String name) {
    String own = "%s-%d".formatted(name, ProcessHandle.current().pid());
    return VERSIONS.entrySet().stream()
        .map(version -> create(version.getKey().resolve(own), version.getValue()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<HalfCore> create(Path group, Map<String, String> limits) {
    try {
      Files.createDirectory(group);
    } catch (IOException notOurs) {
      return Optional.empty();
    }
    HalfCore created = new HalfCore(group);
    try {
      for (Map.Entry<String, String> limit : limits.entrySet()) {
        Path file = group.resolve(limit.getKey());
        if (!Files.exists(file)) {
          created.close();
          return Optional.empty();
        }
        Files.writeString(file, limit.getValue());
      }
      return Optional.of(created);
    } catch (IOException notOurs) {
      created.close();
      return Optional.empty();
    }
  }

  /** With all threads that it has. */
  void confine(ServiceUnderTest service) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(service.pid()));
  }

  /** To be called when its process has ended; a group that is not empty stays. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(group);
    } catch (IOException inUse) {
      System.err.println("bench: cannot remove " + group);
    }
  }
}
