package io.fieldmark.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that the operating system charges to this process: heap, native libraries and the
 * network's weights together, which no figure of the JVM shows. Only on Linux.
 */
final class ResidentMemory implements MeterBinder {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "VmRSS:";

  @Override
  public void bindTo(MeterRegistry registry) {
    if (Files.isReadable(STATUS)) {
      Gauge.builder("process.resident.memory.bytes", ResidentMemory::bytes)
          .description("Resident memory of the process")
          .register(registry);
    }
  }

  private static double bytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(FIELD))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException unreadable) {
      return Double.NaN;
    }
  }
}
