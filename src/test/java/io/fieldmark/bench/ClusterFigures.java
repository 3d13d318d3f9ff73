package io.fieldmark.bench;

import io.fieldmark.bench.ProducerTest.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was measured with Kafka between the tiers, and in one process in turn with it. */
final class ClusterFigures {
  /** Rounds of one process and of the cluster, each of which follows the other's. */
  static final class Pairs {
    final List<ServiceRound> standalone = new ArrayList<>();
    final List<ServiceRound> clustered = new ArrayList<>();

    /** The cluster's figure over that of one process, by rounds. */
    Spread ratio(ToDoubleFunction<ServiceRound> figure) {
      return compared((one, other) -> figure.applyAsDouble(other) / figure.applyAsDouble(one));
    }

    /** What the cluster's figure has more than that of one process, by rounds. */
    Spread added(ToDoubleFunction<ServiceRound> figure) {
      return compared((one, other) -> figure.applyAsDouble(other) - figure.applyAsDouble(one));
    }

    private Spread compared(Comparison comparison) {
      List<Double> results = new ArrayList<>();
      for (int i = 0; i < clustered.size(); i++) {
        results.add(comparison.of(standalone.get(i), clustered.get(i)));
      }
      return Spread.of(results, Double::doubleValue);
    }
  }

  private interface Comparison {
    double of(ServiceRound standalone, ServiceRound clustered);
  }

  final Pairs saturated = new Pairs();
  final Pairs light = new Pairs();
  final List<ServiceRound> oneHalfCore = new ArrayList<>();
  final List<ServiceRound> twoHalfCores = new ArrayList<>();
  final List<ServiceRound> storing = new ArrayList<>();
  final List<Result> producer = new ArrayList<>();
  double mebibytesAfterStoring;
  double mebibytesWaiting;

  /** NaN where no process could be held to half a core. */
  double halfCoreRatio() {
    return twoHalfCores.isEmpty()
        ? Double.NaN
        : Spread.of(twoHalfCores, ServiceRound::requestsPerSecond).median()
            / Spread.of(oneHalfCore, ServiceRound::requestsPerSecond).median();
  }

  /** Of the rate of Kafka's own producer test in the same round. */
  Spread shareOfProducer() {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < storing.size(); i++) {
      shares.add(storing.get(i).requestsPerSecond() / producer.get(i).recordsPerSecond());
    }
    return Spread.of(shares, Double::doubleValue);
  }
}
