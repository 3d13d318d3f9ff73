package io.fieldmark.dashboards;

/** The alerts whose pages panels lead to, by their names. */
final class Runbook {
  static final String ERRORS = "FieldmarkErrorBudgetBurn";
  static final String LATENCY = "FieldmarkLatencyBudgetBurn";
  static final String CONFIDENCE = "FieldmarkLatestConfidenceLow";
  static final String CONFIDENCE_SHARE = "FieldmarkLowConfidenceShare";
  static final String MODEL = "FieldmarkModelNotReady";
  static final String ABSENT = "FieldmarkNobodyServes";
  static final String REJECTS = "FieldmarkUploadsRefused";
  static final String QUEUE = "FieldmarkQueueOld";
  static final String BACKLOG = "FieldmarkBacklogOld";
  static final String POLL = "FieldmarkConsumerNotPolling";
  static final String DEAD_LETTERS = "FieldmarkDeadLetters";
  static final String LEDGER = "FieldmarkLedgerImbalance";
  static final String LOST = "FieldmarkPhotosLost";
  static final String REPLICAS = "FieldmarkAtMaximumReplicas";
  static final String DRIFT = "FieldmarkConfidenceDrift";
  static final String MEMORY = "FieldmarkMemoryNearLimit";

  static final String HEAP = "FieldmarkHeapNearLimit";
  static final String WORKERS = "FieldmarkNoWorkers";
  static final String RETENTION = "FieldmarkRetentionNear";
  static final String FRESHNESS = "FieldmarkFreshnessBudgetBurn";
  static final String DUPLICATES = "FieldmarkManyDuplicates";
  static final String CLASS_DRIFT = "FieldmarkClassDrift";
  static final String ACCURACY = "FieldmarkAccuracyDropped";
  static final String CALIBRATION = "FieldmarkCalibrationOff";

  private Runbook() {}
}
