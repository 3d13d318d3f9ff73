package io.fieldmark.inference.drift;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;

import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Photos as a camera takes them that is out of order. */
final class Spoiled {
  /** Of the short side. */
  private static final double BLUR = 0.03;

  private static final double LIGHT_LEFT = 0.12;

  private Spoiled() {}

  static byte[] blurred(byte[] photo) {
    return changed(
        photo,
        image -> {
          double sigma = BLUR * Math.min(image.cols(), image.rows());
          GaussianBlur(image, image, new Size(0, 0), sigma);
        });
  }

  static byte[] dark(byte[] photo) {
    return changed(photo, image -> image.convertTo(image, -1, LIGHT_LEFT, 0));
  }

  @SuppressWarnings("try")
  private static byte[] changed(byte[] photo, Consumer<Mat> change) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = imdecode(new Mat(1, photo.length, CV_8UC1, new BytePointer(photo)), IMREAD_COLOR);
      change.accept(image);
      BytePointer jpeg = new BytePointer();
      imencode(".jpg", image, jpeg);
      byte[] bytes = new byte[(int) jpeg.limit()];
      jpeg.get(bytes);
      return bytes;
    }
  }
}
