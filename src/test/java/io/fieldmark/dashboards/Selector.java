package io.fieldmark.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Series that a query reads: a name, and what it asks of labels.
 *
 * @param conditions in the order in which they stand
 */
public record Selector(String series, List<Condition> conditions) {
  private static final Pattern STRINGS = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern SELECTOR =
      Pattern.compile("(?<![\\w.:$])([a-zA-Z_:][\\w:]*)(?:\\s*\\{([^}]*)})?(?!\\w|\\s*\\()");
  private static final Pattern CONDITION =
      Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*(?:\"([^\"]*)\"|'([^']*)')");
  private static final Pattern CLAUSE =
      Pattern.compile(
          "\\b(by|without|on|ignoring|group_left|group_right)\\s*(?:\\(([^)]*)\\)|(?![\\w(]))");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "inf", "nan");

  /** What is asked of one label. */
  public record Condition(String label, String operator, String value) {
    /** The values that are named, each as a regular expression. */
    List<String> values() {
      return operator.endsWith("~")
          ? List.of(value.split("\\|", -1))
          : List.of(Pattern.quote(value));
    }
  }

  /** All of a query. */
  public static List<Selector> in(String query) {
    String text = CLAUSE.matcher(RANGE.matcher(query).replaceAll(" ")).replaceAll(" ");
    List<Selector> found = new ArrayList<>();
    // Words inside of strings are no names, unless the strings are conditions.
    Matcher matcher = SELECTOR.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      from = matcher.end();
      Matcher string = STRINGS.matcher(text);
      boolean quoted =
          string.results().anyMatch(s -> s.start() < matcher.start() && matcher.start() < s.end());
      if (!quoted && !WORDS.contains(matcher.group(1))) {
        found.add(new Selector(matcher.group(1), conditions(matcher.group(2))));
      }
    }
    return found;
  }

  private static List<Condition> conditions(String braces) {
    return braces == null
        ? List.of()
        : CONDITION.matcher(braces).results().map(Selector::condition).toList();
  }

  private static Condition condition(MatchResult found) {
    String value = found.group(3) == null ? found.group(4) : found.group(3);
    return new Condition(found.group(1), found.group(2), value);
  }

  /** Labels that stand in {@code by (…)} and its like. */
  static SortedSet<String> grouping(String query) {
    return new TreeSet<>(
        CLAUSE
            .matcher(query)
            .results()
            .flatMap(clause -> Stream.ofNullable(clause.group(2)))
            .flatMap(labels -> Stream.of(labels.split(",")))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .toList());
  }
}
