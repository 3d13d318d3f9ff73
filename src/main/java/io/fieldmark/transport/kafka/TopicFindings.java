package io.fieldmark.transport.kafka;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a look at the topics brought to light, in sentences for the operator.
 *
 * @param problems with which photos or results would be refused or lost
 * @param remarks on what works, but not as configured
 */
public record TopicFindings(List<String> problems, List<String> remarks) {
  static final TopicFindings NONE = new TopicFindings(List.of(), List.of());

  static TopicFindings problem(String sentence) {
    return new TopicFindings(List.of(sentence), List.of());
  }

  static TopicFindings remark(String sentence) {
    return new TopicFindings(List.of(), List.of(sentence));
  }

  TopicFindings and(TopicFindings others) {
    return new TopicFindings(
        Stream.concat(problems.stream(), others.problems.stream()).toList(),
        Stream.concat(remarks.stream(), others.remarks.stream()).toList());
  }
}
