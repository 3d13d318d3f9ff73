package io.fieldmark.transport.kafka;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a look at the topics brought to light, in sentences for the operator.
 *
 * @param problems with which photos or results would be refused or lost
 * @param unseen topics that could not be looked at, and why
 * @param remarks on what works, but not as configured
 */
public record TopicFindings(List<String> problems, List<String> unseen, List<String> remarks) {
  static final TopicFindings NONE = new TopicFindings(List.of(), List.of(), List.of());

  static TopicFindings problem(String sentence) {
    return new TopicFindings(List.of(sentence), List.of(), List.of());
  }

  static TopicFindings unseen(String sentence) {
    return new TopicFindings(List.of(), List.of(sentence), List.of());
  }

  static TopicFindings remark(String sentence) {
    return new TopicFindings(List.of(), List.of(), List.of(sentence));
  }

  TopicFindings and(TopicFindings others) {
    return new TopicFindings(
        Stream.concat(problems.stream(), others.problems.stream()).toList(),
        Stream.concat(unseen.stream(), others.unseen.stream()).toList(),
        Stream.concat(remarks.stream(), others.remarks.stream()).toList());
  }
}
