package io.fieldmark.dashboards;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one process tells at {@code /metrics}, by the names of its metrics. */
record Scrape(Map<String, Metric> metrics) {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
  private static final Pattern SAMPLE = Pattern.compile("([^{ ]+)(?:\\{(.*)\\})? [^ ]+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /** Without values: those change, these must not. */
  record Metric(String type, String help, SortedSet<String> labels) {}

  static Scrape parse(String text) {
    Map<String, Metric> metrics = new TreeMap<>();
    text.lines().forEach(line -> read(line, metrics));
    return new Scrape(metrics);
  }

  private static void read(String line, Map<String, Metric> metrics) {
    Matcher comment = COMMENT.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (comment.matches()) {
      String name = comment.group(2);
      Metric known = metrics.getOrDefault(name, new Metric("", "", new TreeSet<>()));
      boolean help = comment.group(1).equals("HELP");
      String text = comment.group(3).strip();
      metrics.put(
          name, new Metric(help ? known.type : text, help ? text : known.help, known.labels));
    } else if (sample.matches() && sample.group(2) != null) {
      Metric metric = metrics.get(family(sample.group(1), metrics));
      LABEL.matcher(sample.group(2)).results().forEach(label -> metric.labels.add(label.group(1)));
    }
  }

  /** The metric that a series belongs to, which has a suffix where there are buckets. */
  private static String family(String series, Map<String, Metric> metrics) {
    return Stream.of(series, series.replaceFirst("_(bucket|sum|count)$", ""))
        .filter(metrics::containsKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("A series of no metric: " + series));
  }
}
