package io.fieldmark.domain;

/** Which model answered. */
public record ModelReference(String name, String version) {}
