package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.ModelDescription;
import io.fieldmark.transport.eventbus.Addresses.WorkerIdle;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Which workers there are, which of them are busy since when, and how fast they have been. Confined
 * to one thread.
 */
final class WorkerRoster {
  /** Weight of the newest batch in the moving average of the time for one image. */
  private static final double NEWEST = 0.1;

  private final Map<String, ModelDescription> models = new LinkedHashMap<>();
  private final ArrayDeque<String> idle = new ArrayDeque<>();
  private final Map<String, Long> busySince = new LinkedHashMap<>();
  private double nanosPerImage;

  void idle(WorkerIdle worker) {
    models.put(worker.address(), worker.model());
    busySince.remove(worker.address());
    idle.add(worker.address());
    if (worker.answered() > 0) {
      double latest = (double) worker.nanos() / worker.answered();
      nanosPerImage = nanosPerImage == 0 ? latest : NEWEST * latest + (1 - NEWEST) * nanosPerImage;
    }
  }

  /** The worker that has been idle longest; it counts as busy from now on. */
  String assign(long nowNanos) {
    String address = idle.remove();
    busySince.put(address, nowNanos);
    return address;
  }

  int idleCount() {
    return idle.size();
  }

  int busyCount() {
    return busySince.size();
  }

  int count() {
    return models.size();
  }

  OptionalLong longestBusySinceNanos() {
    return busySince.values().stream()
        .mapToLong(Long::longValue)
        .reduce((a, b) -> a - b < 0 ? a : b);
  }

  /** Images a second of all workers together. */
  OptionalDouble throughput() {
    return nanosPerImage == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(count() * 1e9 / nanosPerImage);
  }

  List<ModelDescription> models() {
    return models.values().stream().distinct().toList();
  }
}
