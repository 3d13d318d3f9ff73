package io.fieldmark.e2e;

import static io.fieldmark.e2e.Canvas.awayFrom;
import static io.fieldmark.e2e.Canvas.joined;
import static io.fieldmark.e2e.Canvas.oval;
import static io.fieldmark.e2e.Canvas.path;

import java.awt.Shape;

/** A drake of the mallard on a pond. */
final class DrawnDuck {
  private DrawnDuck() {}

  static Canvas draw() {
    Canvas sheet = new Canvas(0x9fd0d8, 0x3d7f96).blur(40, 0xbfe3e4, 30, 120);
    for (int y = 190; y < 480; y += 14) {
      for (int x = (y * 37) % 70 - 40; x < 480; x += 90) {
        Shape ripple = path("M %d %d Q %d %d %d %d".formatted(x, y, x + 25, y - 10, x + 50, y));
        sheet.line(y % 4 == 0 ? 0xbfe6ec : 0x2f6d85, 2, ripple);
      }
    }
    body(sheet);
    head(sheet);
    return sheet.soft(13);
  }

  private static void body(Canvas sheet) {
    Shape body =
        path(
            """
            M 80 290 C 90 230 170 250 240 236 C 330 216 400 230 446 196
            C 440 260 420 330 340 346 C 250 356 120 356 80 290 Z
            """);
    Shape breast =
        path(
            """
            M 84 292 C 86 236 130 230 170 246 C 180 290 170 340 150 346
            C 110 340 90 320 84 292 Z
            """);
    Shape wing =
        path(
            """
            M 180 262 C 240 236 330 240 400 262 C 360 310 260 330 200 306
            C 184 296 178 280 180 262 Z
            """);
    sheet
        .round(0xd8d4cb, 0x8d877c, body)
        .fur(0xb7b0a4, 5000, 12, (x, y) -> 8, body)
        .round(0x8a4f2d, 0x4d2917, breast)
        .fur(0x6b3a20, 1600, 9, (x, y) -> 40, breast)
        .round(0xb9a78f, 0x6e5f4d, wing)
        .fur(0x8f7d67, 3000, 16, (x, y) -> 4, wing)
        .fill(0x2b4fa8, path("M 300 306 C 330 300 350 290 366 280 C 356 300 330 314 306 318 Z"))
        .fill(0x1b1a19, path("M 420 232 C 436 214 446 200 456 190 C 466 220 440 280 420 300 Z"));
  }

  private static void head(Canvas sheet) {
    Shape neck =
        path(
            """
            M 96 262 C 100 220 96 190 100 160 C 120 150 160 150 172 170
            C 176 210 168 230 172 262 C 150 276 116 276 96 262 Z
            """);
    Shape head = joined(neck, oval(132, 148, 92, 86));
    Shape bill = path("M 92 146 C 70 150 50 160 24 168 L 22 182 C 50 184 70 180 94 172 Z");
    sheet
        .round(0x2f9a63, 0x0b3d2a, head)
        .fur(0x1c6b45, 3000, 7, awayFrom(110, 140), head)
        .line(0xf7f4ea, 8, path("M 98 250 C 120 264 146 264 170 252"))
        .round(0xf4c430, 0xc98a12, bill)
        .line(0x8f5f0a, 2, path("M 30 176 Q 60 176 92 164"))
        .fill(0x14110c, oval(116, 138, 14, 14))
        .fill(0xffffff, oval(113, 135, 4, 4));
  }
}
