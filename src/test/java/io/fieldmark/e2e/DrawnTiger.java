package io.fieldmark.e2e;

import static io.fieldmark.e2e.Canvas.awayFrom;
import static io.fieldmark.e2e.Canvas.joined;
import static io.fieldmark.e2e.Canvas.oval;
import static io.fieldmark.e2e.Canvas.pair;
import static io.fieldmark.e2e.Canvas.path;
import static io.fieldmark.e2e.Canvas.turned;

import java.awt.Shape;
import java.util.List;

/** A tiger's head before dry grass. */
final class DrawnTiger {
  private static final int BLACK = 0x1c120b;
  private static final String STRIPES =
      """
      M 240 118 Q 200 119 176 150 Q 200 137 240 128 Z
      M 240 146 Q 212 141 192 168 Q 212 159 240 156 Z
      M 240 172 Q 222 163 208 184 Q 222 181 240 182 Z
      M 150 132 Q 164 141 168 172 Q 164 159 150 142 Z
      M 126 160 Q 144 169 150 206 Q 144 187 126 170 Z
      M 106 196 Q 130 203 140 236 Q 130 221 106 206 Z
      M 90 236 Q 116 237 134 262 Q 116 255 90 246 Z
      M 80 276 Q 110 269 142 292 Q 110 287 80 286 Z
      M 78 312 Q 108 299 146 312 Q 108 317 78 322 Z
      M 82 348 Q 112 329 150 334 Q 112 347 82 358 Z
      M 100 382 Q 130 359 156 354 Q 130 377 100 392 Z
      M 136 408 Q 156 381 172 370 Q 156 399 136 418 Z
      M 196 268 Q 204 269 206 296 Q 204 287 196 278 Z
      M 222 190 Q 226 197 222 224 Q 226 215 222 200 Z
      M 210 216 Q 214 221 212 250 Q 214 239 210 226 Z
      M 60 450 Q 110 427 140 470 Q 110 445 60 460 Z
      M 92 424 Q 140 415 170 456 Q 140 433 92 434 Z
      M 130 404 Q 180 411 200 450 Q 180 429 130 414 Z
      M 176 410 Q 200 421 236 440 Q 200 439 176 420 Z
      """;

  private DrawnTiger() {}

  static Canvas draw() {
    Canvas sheet = new Canvas(0x3a3f2a, 0x77683a);
    sheet.fur(0x8f8350, 9000, 60, (x, y) -> -90, oval(240, 240, 900, 900));
    Shape ear = oval(130, 120, 90, 90);
    Shape body = oval(240, 500, 420, 220);
    sheet
        .fill(0x2a1a10, pair(ear))
        .fill(0xf3e4cf, pair(oval(138, 130, 50, 54)))
        .fur(0xd9822b, 900, 12, awayFrom(240, 260), pair(ear))
        .round(0xe08a2e, 0x9c5312, body)
        .fur(0xd9822b, 4000, 16, (x, y) -> 90, body);
    Shape head = joined(oval(240, 240, 300, 270), oval(240, 300, 330, 190));
    sheet.round(0xf09a3a, 0xb5611a, head).fur(0xe08a2e, 9000, 14, awayFrom(240, 270), head);
    Shape brow = turned(oval(180, 198, 54, 30), -20);
    for (Shape white :
        List.of(brow, oval(112, 334, 60, 70), oval(204, 338, 84, 66), oval(234, 382, 70, 44))) {
      sheet.fill(0xf7efe2, pair(white)).fur(0xf7efe2, 1300, 14, awayFrom(240, 280), pair(white));
    }
    sheet
        .fill(BLACK, pair(path(STRIPES)))
        .fur(BLACK, 9000, 9, awayFrom(240, 270), pair(path(STRIPES)));
    face(sheet);
    return sheet.soft(16);
  }

  private static void face(Canvas sheet) {
    sheet
        .fill(BLACK, pair(turned(oval(178, 232, 56, 42), 12)))
        .round(0xd9c85a, 0x6f7a1e, pair(oval(180, 232, 26, 26)))
        .fill(0x0a0806, pair(oval(180, 232, 12, 12)))
        .fill(0xffffff, oval(176, 227, 6, 6), oval(296, 227, 6, 6));
    Shape nose =
        path(
            "M 206 292 C 220 284 260 284 274 292 C 264 316 250 322 240 324 C 230 322 216 316 206 292 Z");
    sheet
        .round(0xe59a8a, 0xa8564c, nose)
        .line(BLACK, 4, path("M 240 324 L 240 346"))
        .line(BLACK, 4, pair(path("M 240 346 C 226 366 200 366 186 356")));
  }
}
