package io.fieldmark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How busy all processes keep the machine, in ticks since it began; known on Linux only.
 *
 * @param busy ticks of all cores, those included that a hypervisor gave to others
 * @param total busy and idle ticks
 */
record MachineCpu(long busy, long total) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int FIELDS = 8;

  static MachineCpu now() {
    if (!Files.isReadable(STAT)) {
      return new MachineCpu(0, 0);
    }
    try (var lines = Files.lines(STAT)) {
      String[] cpu = lines.findFirst().orElseThrow().split(" +", -1);
      long[] ticks = Arrays.stream(cpu, 1, 1 + FIELDS).mapToLong(Long::parseLong).toArray();
      long total = Arrays.stream(ticks).sum();
      return new MachineCpu(total - ticks[IDLE] - ticks[IO_WAIT], total);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Share of the machine that was used since, NaN where it cannot be known. */
  double shareSince(MachineCpu before) {
    return (double) (busy - before.busy) / (total - before.total);
  }
}
