package io.fieldmark.e2e;

import static io.fieldmark.e2e.Canvas.awayFrom;
import static io.fieldmark.e2e.Canvas.joined;
import static io.fieldmark.e2e.Canvas.mirrored;
import static io.fieldmark.e2e.Canvas.oval;
import static io.fieldmark.e2e.Canvas.pair;
import static io.fieldmark.e2e.Canvas.path;
import static io.fieldmark.e2e.Canvas.turned;

import java.awt.Shape;

/** A giant panda's head among bamboo. */
final class DrawnPanda {
  private DrawnPanda() {}

  static Canvas draw() {
    Canvas sheet = new Canvas(0x9cc47e, 0x4f7d46).blur(60, 0x7fb069, 30, 110);
    bamboo(sheet);
    Shape ear = turned(oval(132, 128, 92, 86), -30);
    Shape body = oval(240, 500, 400, 240);
    sheet
        .fill(0x1d1c1e, ear, mirrored(ear), body)
        .fur(0x2b292c, 2500, 12, awayFrom(240, 260), ear, mirrored(ear), body);
    Shape head = joined(oval(240, 248, 300, 250), oval(240, 285, 316, 200));
    sheet.round(0xfbf9f4, 0xc9c4b8, head).fur(0xece7dc, 9000, 13, awayFrom(240, 262), head);
    face(sheet);
    return sheet.soft(6);
  }

  private static void bamboo(Canvas sheet) {
    for (int stem : new int[] {30, 88, 402, 455}) {
      sheet.line(0x5d8a35, 13, path("M %1$d -10 L %1$d 490".formatted(stem)));
      for (int knot = 40 + stem % 30; knot < 480; knot += 90) {
        sheet
            .line(0x3f6526, 3, path("M %d %d L %d %d".formatted(stem - 7, knot, stem + 7, knot)))
            .fill(0x76a845, turned(oval(stem + 26, knot - 14, 58, 12), -28));
      }
    }
  }

  private static void face(Canvas sheet) {
    Shape patch = turned(oval(176, 246, 68, 92), 32);
    sheet
        .fill(0x222023, pair(patch))
        .fur(0x2a282b, 1400, 8, awayFrom(176, 246), patch)
        .fur(0x2a282b, 1400, 8, awayFrom(304, 246), mirrored(patch))
        .round(0x6b4a2e, 0x1a0f08, pair(oval(184, 240, 24, 26)))
        .fill(0xffffff, oval(180, 234, 7, 7), oval(292, 234, 7, 7));
    Shape muzzle = oval(240, 318, 124, 92);
    sheet
        .round(0xfffdf8, 0xddd7ca, muzzle)
        .fur(0xf4f0e6, 2200, 8, awayFrom(240, 300), muzzle)
        .round(0x4c4848, 0x0c0b0c, joined(oval(240, 296, 50, 28), oval(240, 306, 28, 20)))
        .line(
            0x3a3434, 3, path("M 240 316 L 240 334"), path("M 212 336 C 226 350 254 350 268 336"));
  }
}
