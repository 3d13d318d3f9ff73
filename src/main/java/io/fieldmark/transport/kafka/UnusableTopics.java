package io.fieldmark.transport.kafka;

import java.util.List;

/** Topics are not as they must be; the message tells an operator what to mend. */
public final class UnusableTopics extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableTopics(List<String> problems) {
    super(String.join(". ", problems));
  }
}
