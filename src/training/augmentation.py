"""Random views of a training photo.

Most photos of some classes are small thumbnails scaled up: without views that are scaled down and
up, blurred and recompressed for every class, the head would learn "blurred means sheep".
"""

import cv2
import numpy as np

from preprocessing import resize


def crop(pixels, generator):
    """A square of 70 to 100 % of the shorter side, anywhere in the photo."""
    height, width = pixels.shape[:2]
    side = max(16, round(min(height, width) * generator.uniform(0.7, 1.0)))
    top = generator.integers(0, height - side + 1)
    left = generator.integers(0, width - side + 1)
    return pixels[top : top + side, left : left + side]


def soften(square, generator):
    """Loses sharpness as thumbnails do: scaled down, and later up again."""
    side = square.shape[0]
    smaller = round(generator.uniform(64, 224))
    if smaller >= side:
        return square
    return cv2.resize(square, (smaller, smaller), interpolation=cv2.INTER_AREA)


def blur(square, generator):
    return cv2.GaussianBlur(square, (0, 0), generator.uniform(0.4, 1.6))


def recompress(square, generator):
    quality = int(generator.integers(30, 95))
    return cv2.imdecode(
        cv2.imencode(".jpg", square, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR
    )


def recolour(square, generator):
    """Brightness, contrast and saturation, mildly."""
    pixels = square.astype(np.float32)
    grey = pixels.mean(axis=2, keepdims=True)
    pixels = grey + (pixels - grey) * generator.uniform(0.6, 1.3)
    pixels = (pixels - 127) * generator.uniform(0.8, 1.2) + 127 + generator.uniform(-20, 20)
    return pixels.clip(0, 255).astype(np.uint8)


def augment(pixels, generator):
    """One random view of decoded BGR pixels, as the network's input in RGB."""
    square = crop(pixels, generator)
    if generator.random() < 0.5:
        square = square[:, ::-1]
    square = np.ascontiguousarray(square)
    for step, chance in ((soften, 0.6), (blur, 0.25), (recompress, 0.5), (recolour, 0.6)):
        if generator.random() < chance:
            square = step(square, generator)
    return cv2.cvtColor(resize(square), cv2.COLOR_BGR2RGB)
