package io.fieldmark.domain;

import java.util.List;
import java.util.SortedMap;

/**
 * What a model is, as far as anyone outside inference needs to know; travels to tiers that hold no
 * model.
 *
 * @param sha256 of the file with the network's weights that is in use, in hex
 * @param precision of the weights in use, such as {@code int8} or {@code fp32}
 * @param labels in the order of the network's outputs
 * @param accuracy shares from 0 to 1 by name, measured when the model was made
 */
public record ModelDescription(
    ModelReference reference,
    String sha256,
    String precision,
    List<String> labels,
    Preprocessing preprocessing,
    VerdictRule verdict,
    SortedMap<String, Double> accuracy) {

  /**
   * The recipe from a decoded image to the network's input: a square centre crop of {@code
   * cropRatio} of the short side, resized to {@code width} × {@code height} RGB bytes.
   */
  public record Preprocessing(int width, int height, double cropRatio) {}

  /** The answer is identified when {@code score} of the logits is at least {@code threshold}. */
  public record VerdictRule(String score, double threshold, double temperature) {}
}
