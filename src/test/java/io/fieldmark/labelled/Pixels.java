package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** What a file shows, by the decoder that the service uses, turned upright. */
record Pixels(int rows, int columns, int hash) {
  static Pixels of(byte[] file) {
    try (BytePointer bytes = new BytePointer(file);
        Mat encoded = new Mat(1, file.length, 0, bytes);
        Mat image = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR)) {
      assertThat(image.empty()).as("cannot be decoded").isFalse();
      byte[] pixels = new byte[Math.toIntExact(image.total() * image.elemSize())];
      image.data().get(pixels);
      return new Pixels(image.rows(), image.cols(), Arrays.hashCode(pixels));
    }
  }
}
