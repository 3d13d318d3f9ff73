package io.fieldmark.chaos;

/** What is done to a running cluster. */
enum Fault {
  WORKER_KILLED("kill -9 of a worker"),
  INGESTION_KILLED("kill -9 of ingestion"),
  BROKER_KILLED("kill -9 of a broker"),
  WORKER_RESTARTED("restart of a worker"),
  INGESTION_RESTARTED("restart of ingestion"),
  WORKER_STOPPED("worker stopped for 8 s"),
  NETWORK_SLOW("network 500 ms slower"),
  NETWORK_CUT("network cut for 3 s");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** Whether an operator does this on purpose, and nobody should notice. */
  boolean graceful() {
    return this == WORKER_RESTARTED || this == INGESTION_RESTARTED;
  }

  @Override
  public String toString() {
    return words;
  }
}
