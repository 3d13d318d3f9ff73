package io.fieldmark.e2e;

import io.fieldmark.testing.DrawnImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Scanner;
import java.util.function.DoubleBinaryOperator;

/**
 * A square sheet with the few tools that the drawn animals need. Coordinates are 0–480 in both
 * directions, whatever the sheet's size; the same calls give the same picture.
 */
final class Canvas {
  private static final int SIZE = 720;
  private static final int EXPORTED = 280;
  static final double SIDE = 480;

  private final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D pen = image.createGraphics();
  private final Random random = new Random(7);
  private int softness = 1;

  Canvas(int top, int bottom) {
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.scale(SIZE / SIDE, SIZE / SIDE);
    pen.setPaint(new GradientPaint(0, 0, new Color(top), 0, (float) SIDE, new Color(bottom)));
    pen.fill(new Rectangle2D.Double(0, 0, SIDE, SIDE));
  }

  static Shape oval(double x, double y, double width, double height) {
    return new Ellipse2D.Double(x - width / 2, y - height / 2, width, height);
  }

  static Shape turned(Shape shape, double degrees) {
    var box = shape.getBounds2D();
    return AffineTransform.getRotateInstance(
            Math.toRadians(degrees), box.getCenterX(), box.getCenterY())
        .createTransformedShape(shape);
  }

  static Shape mirrored(Shape shape) {
    return new AffineTransform(-1, 0, 0, 1, SIDE, 0).createTransformedShape(shape);
  }

  static Shape joined(Shape... shapes) {
    Area area = new Area();
    for (Shape shape : shapes) {
      area.add(new Area(shape));
    }
    return area;
  }

  static Shape[] pair(Shape shape) {
    return new Shape[] {shape, mirrored(shape)};
  }

  /** Absolute M, L, Q, C and Z as in SVG, everything separated by blanks. */
  static Shape path(String svg) {
    Path2D path = new Path2D.Double();
    Scanner words = new Scanner(svg).useLocale(Locale.ROOT);
    String command = "";
    while (words.hasNext()) {
      command = words.hasNextDouble() ? command : words.next();
      switch (command) {
        case "M" -> path.moveTo(words.nextDouble(), words.nextDouble());
        case "L" -> path.lineTo(words.nextDouble(), words.nextDouble());
        case "Q" ->
            path.quadTo(
                words.nextDouble(), words.nextDouble(), words.nextDouble(), words.nextDouble());
        case "C" ->
            path.curveTo(
                words.nextDouble(),
                words.nextDouble(),
                words.nextDouble(),
                words.nextDouble(),
                words.nextDouble(),
                words.nextDouble());
        case "Z" -> path.closePath();
        default -> throw new IllegalArgumentException(command);
      }
    }
    return path;
  }

  Canvas fill(int color, Shape... shapes) {
    pen.setPaint(new Color(color));
    for (Shape shape : shapes) {
      pen.fill(shape);
    }
    return this;
  }

  /** Light falls from above left. */
  Canvas round(int light, int dark, Shape... shapes) {
    for (Shape shape : shapes) {
      var box = shape.getBounds2D();
      Point2D bright =
          new Point2D.Double(box.getX() + box.getWidth() * 0.4, box.getY() + box.getHeight() * 0.3);
      float radius = (float) Math.max(box.getWidth(), box.getHeight()) * 0.75f;
      Color[] colors = {new Color(light), new Color(dark)};
      pen.setPaint(new RadialGradientPaint(bright, radius, new float[] {0, 1}, colors));
      pen.fill(shape);
    }
    return this;
  }

  Canvas line(int color, double width, Shape... shapes) {
    pen.setColor(new Color(color));
    pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (Shape shape : shapes) {
      pen.draw(shape);
    }
    return this;
  }

  /** Discs out of focus, as behind a subject that the camera is close to. */
  Canvas blur(int count, int color, double smallest, double largest) {
    for (int i = 0; i < count; i++) {
      double size = smallest + random.nextDouble() * (largest - smallest);
      pen.setColor(shade(color, 28, 34));
      pen.fill(oval(random.nextDouble() * SIDE, random.nextDouble() * SIDE, size, size));
    }
    return this;
  }

  /**
   * Short hairs all over shapes, sticking out a little at their edges.
   *
   * @param hairs tried in each shape's bounding box; those outside the shape are left out
   * @param degrees where a hair at x, y points to; 90 is down
   */
  Canvas fur(int color, int hairs, double length, DoubleBinaryOperator degrees, Shape... shapes) {
    pen.setStroke(new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (Shape shape : shapes) {
      var box = shape.getBounds2D();
      for (int i = 0; i < hairs; i++) {
        double x = box.getX() + random.nextDouble() * box.getWidth();
        double y = box.getY() + random.nextDouble() * box.getHeight();
        if (shape.contains(x, y)) {
          hair(x, y, color, length, degrees.applyAsDouble(x, y));
        }
      }
    }
    return this;
  }

  private void hair(double x, double y, int color, double length, double degrees) {
    double angle = Math.toRadians(degrees + random.nextGaussian() * 14);
    double reach = length * (0.5 + random.nextDouble());
    pen.setColor(shade(color, 34, 150));
    pen.draw(new Line2D.Double(x, y, x + Math.cos(angle) * reach, y + Math.sin(angle) * reach));
  }

  /** Away from a point, as hair grows on a head. */
  static DoubleBinaryOperator awayFrom(double x, double y) {
    return (hairX, hairY) -> Math.toDegrees(Math.atan2(hairY - y, hairX - x));
  }

  private Color shade(int color, int spread, int alpha) {
    int shift = (int) Math.round(random.nextGaussian() * spread / 2);
    Color base = new Color(color);
    return new Color(
        clamp(base.getRed() + shift),
        clamp(base.getGreen() + shift),
        clamp(base.getBlue() + shift),
        alpha);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** As through a lens: photos have no edges as sharp as a pen's. */
  Canvas soft(int pixels) {
    softness = pixels;
    return this;
  }

  byte[] jpeg() {
    int inner = SIZE - 2 * softness; // blurring leaves the edges sharp
    Image scaled =
        blurred(blurred(image))
            .getSubimage(softness, softness, inner, inner)
            .getScaledInstance(EXPORTED, EXPORTED, Image.SCALE_AREA_AVERAGING);
    BufferedImage small = new BufferedImage(EXPORTED, EXPORTED, BufferedImage.TYPE_INT_RGB);
    small.createGraphics().drawImage(scaled, 0, 0, null);
    return DrawnImage.encode(small, "jpeg");
  }

  private BufferedImage blurred(BufferedImage sharp) {
    float[] box = new float[softness * softness];
    Arrays.fill(box, 1f / box.length);
    return new ConvolveOp(new Kernel(softness, softness, box), ConvolveOp.EDGE_NO_OP, null)
        .filter(sharp, null);
  }
}
