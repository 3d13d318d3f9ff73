package io.fieldmark.dashboards;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes maps, lists, texts, numbers and truth values as JSON, one member a line, so that a change
 * of one panel is a small change of its file. Needs nothing but the JDK, as all of this package
 * that {@link DashboardFiles} runs.
 */
final class Json {
  private Json() {}

  static String text(Object value) {
    return text(value, "\n") + "\n";
  }

  private static String text(Object value, String line) {
    String inner = line + "  ";
    if (value instanceof Map<?, ?> map) {
      return joined(
          "{",
          map.entrySet().stream()
              .map(
                  member ->
                      quoted(member.getKey().toString()) + ": " + text(member.getValue(), inner))
              .toList(),
          "}",
          line);
    }
    if (value instanceof List<?> list) {
      return joined("[", list.stream().map(element -> text(element, inner)).toList(), "]", line);
    }
    return value instanceof String string ? quoted(string) : String.valueOf(value);
  }

  private static String joined(String begin, List<String> parts, String end, String line) {
    return parts.isEmpty()
        ? begin + end
        : parts.stream()
            .collect(Collectors.joining("," + line + "  ", begin + line + "  ", line + end));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
