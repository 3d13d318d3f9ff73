package io.fieldmark.chaos;

/** Where a photo stands on its topic. */
record Place(int partition, long offset) {}
