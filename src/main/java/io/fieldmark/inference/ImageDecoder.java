package io.fieldmark.inference;

import io.fieldmark.domain.ImageFile;
import java.nio.ByteBuffer;

/** Port: turns encoded images into the network's input. Safe for any thread. */
public interface ImageDecoder {
  /**
   * Writes the image, turned upright, cropped and resized as the model's recipe says, as RGB bytes,
   * row by row, from the position of {@code target} on.
   *
   * @param target direct, with room for one image of the network's input size
   * @return false when the file is damaged; then the content of {@code target} is undefined
   */
  boolean decode(ImageFile image, ByteBuffer target);

  /** Does once what the first image would otherwise wait for, such as loading native libraries. */
  void warmUp();
}
