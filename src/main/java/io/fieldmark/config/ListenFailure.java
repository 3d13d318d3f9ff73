package io.fieldmark.config;

import java.io.IOException;

/** A port cannot be listened on; the message names the key that sets it. */
public final class ListenFailure extends IOException {
  private static final long serialVersionUID = 1L;

  public ListenFailure(String key, int port, Throwable cause) {
    super(
        "%s %d: %s. Is another program using it? Stop that, or set %s to a free port"
            .formatted(key, port, cause.getMessage(), key),
        cause);
  }
}
