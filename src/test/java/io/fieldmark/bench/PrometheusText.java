package io.fieldmark.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Samples of one scrape, or the difference of two, by the series' text with its labels. */
record PrometheusText(Map<String, Double> samples) {
  static PrometheusText parse(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              samples.put(line.substring(0, space), number(line.substring(space + 1)));
            });
    return new PrometheusText(samples);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** What has been added since; series that are new count from 0. */
  PrometheusText since(PrometheusText before) {
    Map<String, Double> added = new LinkedHashMap<>();
    samples.forEach((key, now) -> added.put(key, now - before.samples.getOrDefault(key, 0.0)));
    return new PrometheusText(added);
  }

  double value(String series) {
    Double value = samples.get(series);
    if (value == null) {
      throw new BenchFailure("The service's metrics have no " + series);
    }
    return value;
  }

  /** Mean of a timer or summary, NaN when nothing was recorded. */
  double mean(String name, String labels) {
    return value(name + "_sum" + labels) / value(name + "_count" + labels);
  }
}
