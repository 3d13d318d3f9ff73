package io.fieldmark.chaos;

import io.fieldmark.chaos.Register.Answer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fault and the time until everything had settled, in nanoseconds of {@link System#nanoTime}.
 *
 * @param failed requests that failed meanwhile
 */
record Episode(Fault fault, long begin, long end, int failed) {
  /** The longest time in which nobody who waited was answered. */
  double longestOutageSeconds(Register register) {
    List<Long> moments =
        Stream.concat(
                Stream.of(begin, end),
                register.answers().stream()
                    .filter(answer -> answer.source() == Source.WAITING)
                    .map(Answer::received)
                    .filter(received -> received > begin && received < end))
            .sorted()
            .toList();
    double longest = 0;
    for (int i = 1; i < moments.size(); i++) {
      longest = Math.max(longest, (moments.get(i) - moments.get(i - 1)) / 1e9);
    }
    return longest;
  }

  /** How long each of those waited who were answered, of those who came meanwhile; ascending. */
  List<Double> waitsMillis(Register register) {
    return register.answers().stream()
        .filter(answer -> answer.source() == Source.WAITING)
        .filter(answer -> answer.sent() >= begin && answer.sent() < end)
        .map(Answer::millis)
        .sorted()
        .toList();
  }
}
