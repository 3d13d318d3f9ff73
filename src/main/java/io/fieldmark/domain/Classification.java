package io.fieldmark.domain;

/** One animal and how sure the model is of it, a calibrated probability from 0 to 1. */
public record Classification(String label, double confidence) {}
