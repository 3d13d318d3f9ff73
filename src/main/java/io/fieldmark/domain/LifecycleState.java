package io.fieldmark.domain;

/** Where a running program stands between its start and its end; it only moves forward. */
public enum LifecycleState {
  STARTING,
  SERVING,
  /** No longer ready, still answering. */
  DRAINING,
  CLOSED
}
