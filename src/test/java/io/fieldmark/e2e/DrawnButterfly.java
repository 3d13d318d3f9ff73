package io.fieldmark.e2e;

import static io.fieldmark.e2e.Canvas.awayFrom;
import static io.fieldmark.e2e.Canvas.joined;
import static io.fieldmark.e2e.Canvas.oval;
import static io.fieldmark.e2e.Canvas.pair;
import static io.fieldmark.e2e.Canvas.path;
import static io.fieldmark.e2e.Canvas.turned;

import java.awt.Shape;

/** A monarch butterfly on a flower. */
final class DrawnButterfly {
  private static final int BLACK = 0x1d120a;
  private static final String VEINS =
      """
      M 236 240 C 200 225 120 110 60 80
      M 236 240 C 200 225 100 160 40 130
      M 236 240 C 200 225 150 220 90 190
      M 236 240 C 200 225 155 330 95 300
      M 236 240 C 200 225 180 400 120 370
      M 236 240 C 200 225 240 400 180 370
      """;
  private static final String DOTS =
      """
      M 34 74 L 34 74 M 54 58 L 54 58 M 80 52 L 80 52 M 30 100 L 30 100 M 34 130 L 34 130
      M 48 156 L 48 156 M 82 330 L 82 330 M 88 356 L 88 356 M 106 380 L 106 380
      M 134 388 L 134 388 M 76 306 L 76 306
      """;

  private DrawnButterfly() {}

  static Canvas draw() {
    Canvas sheet = new Canvas(0xa9cf8f, 0x3e7048).blur(70, 0x8fc46f, 20, 120);
    sheet.line(0x3c6a2a, 9, path("M 250 490 C 250 420 235 400 240 360"));
    for (int petal = 0; petal < 180; petal += 12) {
      sheet.round(0xf2a5d0, 0xb04a90, turned(oval(240, 330, 40, 250), petal));
    }
    Shape fore = path("M 236 205 C 190 60 60 30 22 66 C 14 150 90 250 234 250 Z");
    Shape hind = path("M 234 245 C 140 236 60 280 74 350 C 100 420 190 380 236 285 Z");
    wings(sheet, 0xf59a1f, 0xd2540c, pair(fore));
    wings(sheet, 0xf7ae35, 0xd9650f, pair(hind));
    sheet.line(BLACK, 5, pair(path(VEINS)));
    sheet.line(0xfffaf0, 10, pair(path(DOTS)));
    Shape body = joined(oval(240, 215, 26, 60), oval(240, 285, 20, 130), oval(240, 180, 26, 26));
    return sheet
        .round(0x4a3a2c, 0x120c08, body)
        .fur(0x2f241b, 700, 6, awayFrom(240, 100), body)
        .line(BLACK, 3, pair(path("M 236 172 C 226 130 200 96 186 84")))
        .soft(6);
  }

  private static void wings(Canvas sheet, int light, int dark, Shape... wings) {
    sheet
        .round(light, dark, wings)
        .fur(light, 1500, 9, awayFrom(240, 240), wings)
        .line(BLACK, 15, wings);
  }
}
