package io.fieldmark.delivery;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code src/main/bin/fieldmark} makes of a container's limits. */
record Launcher(long ingestionHeap, int percentOfMemory) {
  private static final Pattern INGESTION =
      Pattern.compile("(?m)^ *\\*\"--role ingestion\"\\*.*-Xmx(\\d+)m\\)");

  private static final Pattern PERCENT = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");

  static Launcher read() throws IOException {
    String script = Files.readString(Path.of("src/main/bin/fieldmark"));
    return new Launcher(number(INGESTION, script) << 20, (int) number(PERCENT, script));
  }

  private static long number(Pattern pattern, String script) {
    Matcher matcher = pattern.matcher(script);
    if (!matcher.find()) {
      throw new IllegalStateException("The launcher says nothing like " + pattern);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** The largest heap of a process in this container. */
  long heap(Workload workload) {
    return workload.name().equals("fieldmark-ingestion")
        ? ingestionHeap
        : memory(workload) * percentOfMemory / 100;
  }

  static long memory(Workload workload) {
    return Quantity.getAmountInBytes(limit(workload, "memory")).longValueExact();
  }

  /** As the JVM counts them: a part is a whole. */
  static int cores(Workload workload) {
    return (int) Math.ceil(limit(workload, "cpu").getNumericalAmount().doubleValue());
  }

  private static Quantity limit(Workload workload, String resource) {
    return workload.main().getResources().getLimits().get(resource);
  }
}
