package io.fieldmark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Puts load on the service and reads what it costs whom. */
final class ServiceLoad {
  private final ServiceUnderTest service;
  private final LineProcess generator;

  ServiceLoad(ServiceUnderTest service, LineProcess generator) {
    this.service = service;
    this.generator = generator;
  }

  /** Any request that is not answered with 200 makes all figures void. */
  ServiceRound run(Path photo, int connections, double seconds)
      throws IOException, InterruptedException {
    generator.send("%d %s %s".formatted(connections, seconds, photo));
    generator.expect("begin");
    PrometheusText metricsBefore = service.metrics();
    Moment before = now();
    generator.expect("end");
    Moment after = now();
    PrometheusText metrics = service.metrics().since(metricsBefore);
    String[] summary = generator.receive().split(" ", 5);
    int requests = Integer.parseInt(summary[0]);
    if (!summary[3].equals("0") || requests == 0) {
      throw new BenchFailure(
          "At %d connections, %d requests were answered and %s connections got something else: %s"
              .formatted(connections, requests, summary[3], summary[4]));
    }
    double machine = Runtime.getRuntime().availableProcessors() * (after.nanos - before.nanos);
    double ours = after.service.minus(before.service).toNanos();
    double generators = after.generator.minus(before.generator).toNanos();
    return new ServiceRound(
        requests / seconds,
        ours / 1e6 / (requests / seconds) / ((after.nanos - before.nanos) / 1e9),
        Double.parseDouble(summary[1]),
        Double.parseDouble(summary[2]),
        generators / machine,
        Math.max(0, after.machine.shareSince(before.machine) - (ours + generators) / machine),
        metrics);
  }

  private Moment now() {
    return new Moment(System.nanoTime(), service.cpu(), generator.cpu(), MachineCpu.now());
  }

  private record Moment(long nanos, Duration service, Duration generator, MachineCpu machine) {}
}
