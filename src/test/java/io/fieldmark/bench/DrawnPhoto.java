package io.fieldmark.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A landscape with an animal of sorts, the same at every run. Smooth areas, edges and the noise of
 * a sensor give it about a third of a byte for each pixel, as a camera's photo has: 100 KB at
 * 640×480 and 3.6 MB at 12 megapixels. That, not what it shows, decides what decoding costs.
 */
final class DrawnPhoto {
  private static final float QUALITY = 0.9f;
  private static final double NOISE = 6.5;
  private static final int BLADES = 400;

  private DrawnPhoto() {}

  static byte[] jpeg(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(42);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(width, height);
    landscape(graphics, random);
    animal(graphics);
    graphics.dispose();
    addNoise(image, random);
    return encode(image);
  }

  /** In a square of side 1, as all that is drawn. */
  private static void landscape(Graphics2D graphics, Random random) {
    graphics.setPaint(
        new GradientPaint(0, 0, new Color(80, 140, 220), 0, 0.6f, new Color(230, 225, 210)));
    graphics.fillRect(0, 0, 1, 1);
    Path2D hills = new Path2D.Double();
    hills.moveTo(0, 0.55);
    hills.curveTo(0.3, 0.3, 0.4, 0.65, 0.6, 0.5);
    hills.curveTo(0.75, 0.4, 0.9, 0.5, 1, 0.45);
    hills.lineTo(1, 1);
    hills.lineTo(0, 1);
    hills.closePath();
    graphics.setPaint(
        new GradientPaint(0, 0.4f, new Color(110, 150, 80), 0, 1, new Color(50, 80, 30)));
    graphics.fill(hills);
    graphics.setStroke(new BasicStroke(0.003f));
    for (int i = 0; i < BLADES; i++) {
      double x = random.nextDouble();
      double y = 0.7 + 0.3 * random.nextDouble();
      graphics.setPaint(new Color(60 + random.nextInt(60), 110 + random.nextInt(70), 40));
      graphics.draw(new Line2D.Double(x, y, x + 0.02 * random.nextDouble(), y - 0.05));
    }
  }

  private static void animal(Graphics2D graphics) {
    graphics.setPaint(
        new GradientPaint(0, 0.4f, new Color(190, 130, 70), 0, 0.8f, new Color(90, 55, 30)));
    graphics.fill(new Ellipse2D.Double(0.3, 0.45, 0.4, 0.28));
    graphics.fill(new Ellipse2D.Double(0.62, 0.36, 0.16, 0.18));
    for (double leg = 0.35; leg < 0.65; leg += 0.09) {
      graphics.fill(new Ellipse2D.Double(leg, 0.65, 0.04, 0.22));
    }
    graphics.setPaint(Color.BLACK);
    graphics.fill(new Ellipse2D.Double(0.71, 0.41, 0.02, 0.025));
  }

  private static void addNoise(BufferedImage image, Random random) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      int noise = (int) Math.round(NOISE * random.nextGaussian());
      pixels[i] =
          brighter(pixels[i] >> 16, noise) << 16
              | brighter(pixels[i] >> 8, noise) << 8
              | brighter(pixels[i], noise);
    }
  }

  private static int brighter(int channel, int by) {
    return Math.clamp((channel & 0xFF) + (long) by, 0, 255);
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
