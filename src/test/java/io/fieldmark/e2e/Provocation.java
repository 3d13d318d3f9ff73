package io.fieldmark.e2e;

import io.fieldmark.e2e.OpenApiDocument.Operation;

/**
 * A request that must be answered with this status.
 *
 * @param reason that the problem must name; empty where there is no problem, or only one reason
 */
record Provocation(Operation operation, int status, String reason, String what, Call call) {
  /** Sends the request, after whatever must be so for its answer. */
  interface Call {
    HttpAnswer send() throws Exception;
  }

  static Provocation of(Operation operation, int status, String what, Call call) {
    return new Provocation(operation, status, "", what, call);
  }

  /** As the coverage counts. */
  String response() {
    return operation + " " + status;
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(response(), what);
  }
}
