package io.fieldmark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Puts load on the service and reads what it costs whom. */
final class ServiceLoad {
  private final ServiceUnderTest service;
  private final LineProcess generator;
  private final List<Supplier<Duration>> tiers;
  private final Supplier<Duration> broker;

  /**
   * @param service takes the photos in
   * @param tiers whose CPU time counts as the service's
   */
  private ServiceLoad(
      ServiceUnderTest service,
      LineProcess generator,
      List<Supplier<Duration>> tiers,
      Supplier<Duration> broker) {
    this.service = service;
    this.generator = generator;
    this.tiers = tiers;
    this.broker = broker;
  }

  static ServiceLoad standalone(ServiceUnderTest service, LineProcess generator) {
    return new ServiceLoad(service, generator, List.of(service::cpu), () -> Duration.ZERO);
  }

  static ServiceLoad clustered(
      ServiceUnderTest ingestion,
      List<ServiceUnderTest> inference,
      BrokerUnderTest broker,
      LineProcess generator) {
    List<Supplier<Duration>> tiers = new ArrayList<>();
    tiers.add(ingestion::cpu);
    inference.forEach(process -> tiers.add(process::cpu));
    return new ServiceLoad(ingestion, generator, tiers, broker::cpu);
  }

  /**
   * CPU time of the service for each request, in milliseconds by kinds of threads, and nothing
   * else: also nothing that disturbs it.
   */
  Map<ThreadKind, Double> cpuMillis(Path photo, int connections, double seconds)
      throws IOException {
    generator.send("%d %s %s".formatted(connections, seconds, photo));
    generator.expect("begin");
    Map<ThreadKind, Long> before = ThreadKind.nanos(service.pid());
    generator.expect("end");
    Map<ThreadKind, Long> after = ThreadKind.nanos(service.pid());
    int requests = Integer.parseInt(summary(connections)[0]);
    Map<ThreadKind, Double> each = new EnumMap<>(ThreadKind.class);
    after.forEach((kind, taken) -> each.put(kind, (taken - before.get(kind)) / 1e6 / requests));
    return each;
  }

  /** Requests, milliseconds of their median and their 99th percentile, and what went wrong. */
  private String[] summary(int connections) throws IOException {
    String[] summary = generator.receive().split(" ", 5);
    if (!summary[3].equals("0") || summary[0].equals("0")) {
      throw new BenchFailure(
          "At %d connections, %s requests were answered and %s connections got something else: %s"
              .formatted(connections, summary[0], summary[3], summary[4]));
    }
    return summary;
  }

  /** Any request that is not answered as expected makes all figures void. */
  ServiceRound run(Path photo, int connections, double seconds)
      throws IOException, InterruptedException {
    generator.send("%d %s %s".formatted(connections, seconds, photo));
    generator.expect("begin");
    PrometheusText metricsBefore = service.metrics();
    Moment before = now();
    generator.expect("end");
    Moment after = now();
    PrometheusText metrics = service.metrics().since(metricsBefore);
    String[] summary = summary(connections);
    int requests = Integer.parseInt(summary[0]);
    double machine = Runtime.getRuntime().availableProcessors() * (after.nanos - before.nanos);
    double ours = after.service.minus(before.service).toNanos();
    double brokers = after.broker.minus(before.broker).toNanos();
    double generators = after.generator.minus(before.generator).toNanos();
    double perRequest = 1 / (requests / seconds) / ((after.nanos - before.nanos) / 1e9);
    return new ServiceRound(
        requests / seconds,
        ours / 1e6 * perRequest,
        brokers / 1e6 * perRequest,
        Double.parseDouble(summary[1]),
        Double.parseDouble(summary[2]),
        generators / machine,
        Math.max(
            0, after.machine.shareSince(before.machine) - (ours + brokers + generators) / machine),
        metrics);
  }

  private Moment now() {
    Duration service = tiers.stream().map(Supplier::get).reduce(Duration.ZERO, Duration::plus);
    return new Moment(System.nanoTime(), service, broker.get(), generator.cpu(), MachineCpu.now());
  }

  private record Moment(
      long nanos, Duration service, Duration broker, Duration generator, MachineCpu machine) {}
}
