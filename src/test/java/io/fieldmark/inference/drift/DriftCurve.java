package io.fieldmark.inference.drift;

import io.fieldmark.domain.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as an operator sees them while photos of several kinds come, as a table. */
final class DriftCurve {
  private static final int BAR = 20;

  private final SimpleMeterRegistry registry;
  private final List<String> lines =
      new ArrayList<>(
          List.of(
              "answers | kind          | confidence | classes | identified | brightness | sharpness |"));
  private int answers;
  private int identified;
  private double light;
  private double sharp;

  DriftCurve(SimpleMeterRegistry registry) {
    this.registry = registry;
  }

  /** What is seen at one moment; the last three are means over the answers since the last look. */
  record Look(
      double confidence, double classes, double identified, double brightness, double sharpness) {}

  Look look(String kind) {
    DistributionSummary brightness = registry.get("fieldmark.input.brightness").summary();
    DistributionSummary sharpness = registry.get("fieldmark.input.sharpness").summary();
    Counter sure =
        registry.get("fieldmark.verdicts").tag("verdict", Verdict.IDENTIFIED.wireName()).counter();
    int since = (int) brightness.count() - answers;
    Look look =
        new Look(
            gauge("fieldmark.drift.confidence"),
            gauge("fieldmark.drift.classes"),
            (sure.count() - identified) / since,
            (brightness.totalAmount() - light) / since,
            (sharpness.totalAmount() - sharp) / since);
    answers = (int) brightness.count();
    identified = (int) sure.count();
    light = brightness.totalAmount();
    sharp = sharpness.totalAmount();
    lines.add(line(kind, look));
    return look;
  }

  private double gauge(String name) {
    return registry.find(name).gauges().stream()
        .mapToDouble(g -> g.value())
        .findFirst()
        .orElse(Double.NaN);
  }

  private String line(String kind, Look look) {
    int stars = Double.isNaN(look.confidence) ? 0 : (int) Math.min(BAR, look.confidence * 10);
    return String.format(
        Locale.ROOT,
        "%7d | %-13s | %10.3f | %7.3f | %10.2f | %10.2f | %9.0f | %s",
        answers,
        kind,
        look.confidence,
        look.classes,
        look.identified,
        look.brightness,
        look.sharpness,
        "#".repeat(stars));
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
    lines.forEach(line -> System.out.println("drift | " + line));
  }
}
