package io.fieldmark.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that was measured, by round. */
final class Figures {
  /** Images per second and CPU-milliseconds per image. */
  record LimitRound(double imagesPerSecond, double cpuMillis) {}

  final Map<Integer, List<ServiceRound>> byConnections = new TreeMap<>();
  final List<LimitRound> single = new ArrayList<>();
  final List<LimitRound> batched = new ArrayList<>();
  final List<ServiceRound> large = new ArrayList<>();
  final List<Double> readySeconds = new ArrayList<>();
  PrometheusText start;
  String workers;
  int bestBatch;
  int smallBytes;
  int largeBytes;
  double residentMebibytes;
  ClusterFigures cluster;

  void add(int connections, ServiceRound round) {
    byConnections.computeIfAbsent(connections, any -> new ArrayList<>()).add(round);
  }

  /** Requests per second over the limit of the same round, whose machine was equally busy. */
  Spread shareOfLimit(int connections) {
    List<ServiceRound> service = byConnections.get(connections);
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < service.size(); i++) {
      shares.add(service.get(i).requestsPerSecond() / single.get(i).imagesPerSecond());
    }
    return Spread.of(shares, Double::doubleValue);
  }

  /**
   * CPU time of the limit over that of the service: what the share would be on a machine of its
   * own, with no other process and no load generator on it.
   */
  Spread shareByCpu(List<LimitRound> limit, int connections) {
    List<ServiceRound> service = byConnections.get(connections);
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < service.size(); i++) {
      shares.add(limit.get(i).cpuMillis() / service.get(i).cpuMillis());
    }
    return Spread.of(shares, Double::doubleValue);
  }
}
