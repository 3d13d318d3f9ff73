package io.fieldmark.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The last, linear layer: logits = features · weightᵀ + bias. Standardisation of the features and
 * the temperature of the calibration are folded into it. It lives as long as the manager that it
 * was read with and may be used by several threads at once.
 */
final class Head {
  private final NDArray transposedWeight;
  private final NDArray bias;

  private Head(NDArray weight, NDArray bias) {
    this.transposedWeight = weight.transpose();
    this.bias = bias;
  }

  static Head read(NDManager manager, Path file, int labels) {
    NDList tensors = tensors(manager, file);
    NDArray weight = require(tensors, "weight", file);
    NDArray bias = require(tensors, "bias", file);
    if (weight.getShape().dimension() != 2
        || weight.getShape().get(0) != labels
        || !bias.getShape().equals(new Shape(labels))) {
      throw new InvalidModelException(
          "%s has weight %s and bias %s, but there are %d labels"
              .formatted(file, weight.getShape(), bias.getShape(), labels));
    }
    return new Head(weight, bias);
  }

  static NDList tensors(NDManager manager, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return NDList.decode(manager, in);
    } catch (IOException | RuntimeException unreadable) {
      throw new InvalidModelException("Cannot read " + file, unreadable);
    }
  }

  static NDArray require(NDList tensors, String name, Path file) {
    NDArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new InvalidModelException("%s has no tensor '%s'".formatted(file, name));
    }
    return tensor;
  }

  /**
   * @param features [images, features]
   * @return [images, labels], attached to the manager of {@code features}
   */
  NDArray logits(NDArray features) {
    return features.matMul(transposedWeight).add(bias);
  }
}
