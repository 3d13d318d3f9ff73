package io.fieldmark.config;

import java.util.List;

/** The configuration cannot be used; names everything that is wrong, each with its key. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidConfigException(List<String> problems) {
    super(String.join("\n", problems));
  }

  public List<String> problems() {
    return getMessage().lines().toList();
  }
}
