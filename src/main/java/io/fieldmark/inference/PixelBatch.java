package io.fieldmark.inference;

import java.nio.ByteBuffer;

/**
 * The network's input, allocated once for each worker: {@code capacity} images of width × height
 * RGB bytes (uint8, NHWC), outside the heap so that the engine reads it without a copy.
 */
public final class PixelBatch {
  private static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final int capacity;
  private final ByteBuffer pixels;

  public PixelBatch(int capacity, int width, int height) {
    this.width = width;
    this.height = height;
    this.capacity = capacity;
    this.pixels = ByteBuffer.allocateDirect(capacity * imageBytes());
  }

  /** Where image {@code index} is to be written. */
  public ByteBuffer slot(int index) {
    return pixels.slice(index * imageBytes(), imageBytes());
  }

  /** The first {@code count} images. */
  public ByteBuffer first(int count) {
    return pixels.slice(0, count * imageBytes());
  }

  public int capacity() {
    return capacity;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  private int imageBytes() {
    return width * height * CHANNELS;
  }
}
