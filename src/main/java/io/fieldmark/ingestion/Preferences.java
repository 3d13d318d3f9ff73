package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a client would like to wait (RFC 7240). Preferences are wishes: one that cannot be
 * understood is as if it were not there.
 */
record Preferences(boolean respondAsync, Optional<Duration> longestWait) {
  private static final String RESPOND_ASYNC = "respond-async";
  private static final String WAIT = "wait";

  private static final Pattern PREFERENCE =
      Pattern.compile(
          "\\s*+([^\\s=;\"]++)\\s*+"
              + "(?:=\\s*+(?:\"([^\\s;\"]*+)\"|([^\\s;\"]*+)))?+\\s*+(?:;.*+)?+");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  /**
   * @param fields every {@code Prefer} header of a request, in their order
   */
  static Preferences of(List<String> fields) {
    Map<String, String> given = new HashMap<>();
    for (String field : fields) {
      for (String member : members(field)) {
        Matcher preference = PREFERENCE.matcher(member);
        if (preference.matches()) {
          // Of several with the same name, the first counts.
          given.putIfAbsent(preference.group(1).toLowerCase(Locale.ROOT), value(preference));
        }
      }
    }
    return new Preferences(
        "".equals(given.get(RESPOND_ASYNC)),
        Optional.ofNullable(given.get(WAIT))
            .filter(seconds -> SECONDS.matcher(seconds).matches())
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
  }

  /** Commas inside quotes separate nothing. */
  private static List<String> members(String field) {
    List<String> members = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        members.add(field.substring(begin, i));
        begin = i + 1;
      }
    }
    members.add(field.substring(begin));
    return members;
  }

  private static String value(Matcher preference) {
    return Stream.of(2, 3).map(preference::group).filter(Objects::nonNull).findFirst().orElse("");
  }

  /** How long the answer is waited for before the client is told where to ask again. */
  Duration patience(Ingestion config) {
    Duration unasked = respondAsync ? Duration.ZERO : config.defaultWait();
    return longestWait.map(asked -> bounded(asked, config)).orElse(unasked);
  }

  private static Duration bounded(Duration asked, Ingestion config) {
    return asked.compareTo(config.maxWait()) < 0 ? asked : config.maxWait();
  }

  /** What is honoured when the client is told to ask again; empty when it had no wishes. */
  Optional<String> applied(Ingestion config) {
    StringJoiner applied = new StringJoiner(", ");
    if (respondAsync) {
      applied.add(RESPOND_ASYNC);
    }
    longestWait.ifPresent(asked -> applied.add(WAIT + "=" + bounded(asked, config).toSeconds()));
    return Optional.of(applied.toString()).filter(text -> !text.isEmpty());
  }
}
