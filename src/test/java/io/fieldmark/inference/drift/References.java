package io.fieldmark.inference.drift;

import io.fieldmark.testing.Requests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** References for tests, of the model that tests are answered by. */
final class References {
  private References() {}

  /** Of 1,000 answers: cats and dogs in equal parts, one in ten unknown, nearly all very sure. */
  static DriftReference ofCatsAndDogs() {
    return new DriftReference(
        Requests.MODEL.reference(),
        "a test",
        List.of(0L, 0L, 0L, 0L, 0L, 20L, 30L, 50L, 100L, 800L),
        new TreeMap<>(Map.of("cat", 450L, "dog", 450L, "owl", 0L, "unknown", 100L)));
  }
}
