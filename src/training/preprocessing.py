"""From the bytes of an image file to the network's input.

The service's decoder does exactly the same with the same OpenCV release; parity.py draws the
images that hold the two together.
"""

import math
import struct

import cv2
import numpy as np

INPUT_SIZE = 224
CROP_RATIO = 0.94
# Shortest decoded side that still fills the input without enlarging.
SHORTEST_SIDE = math.ceil(INPUT_SIZE / CROP_RATIO)

_REDUCTIONS = (
    (8, cv2.IMREAD_REDUCED_COLOR_8),
    (4, cv2.IMREAD_REDUCED_COLOR_4),
    (2, cv2.IMREAD_REDUCED_COLOR_2),
)
# Start-of-frame markers: C0..CF without DHT (C4), JPG (C8) and DAC (CC).
_START_OF_FRAME = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

cv2.setNumThreads(1)


def jpeg_size(content):
    """(width, height) of the first JPEG frame header, or None if the file is no JPEG."""
    if content[:3] != b"\xff\xd8\xff":
        return None
    position = 2
    while position + 9 <= len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        if marker == 0xFF:  # a fill byte
            position += 1
            continue
        if marker in _START_OF_FRAME:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return width, height
        position += 2 + struct.unpack_from(">H", content, position + 2)[0]
    return None


def decode_flag(content):
    """OpenCV's imread flag: JPEGs are decoded at the largest reduction that stays sharp enough."""
    size = jpeg_size(content)
    if size:
        for reduction, flag in _REDUCTIONS:
            if min(size) >= SHORTEST_SIDE * reduction:
                return flag
    return cv2.IMREAD_COLOR


def decode(content):
    """BGR pixels, uint8 [height, width, 3], upright by EXIF; None if the bytes are no image."""
    return cv2.imdecode(np.frombuffer(content, np.uint8), decode_flag(content))


def centre_crop(pixels):
    """The centred square of floor(0.94 x shorter side + 0.5), in doubles: Java's Math.round."""
    height, width = pixels.shape[:2]
    side = max(1, math.floor(CROP_RATIO * min(height, width) + 0.5))
    top, left = (height - side) // 2, (width - side) // 2
    return pixels[top : top + side, left : left + side]


def resize(square):
    """The square at the input's size: area average downwards, bilinear upwards."""
    side = square.shape[0]
    if side == INPUT_SIZE:
        return square
    interpolation = cv2.INTER_AREA if side > INPUT_SIZE else cv2.INTER_LINEAR
    return cv2.resize(square, (INPUT_SIZE, INPUT_SIZE), interpolation=interpolation)


def preprocess(content):
    """The network's input: uint8 [224, 224, 3], RGB. Raises ValueError if it cannot be decoded."""
    pixels = decode(content)
    if pixels is None:
        raise ValueError("the image cannot be decoded")
    return cv2.cvtColor(resize(centre_crop(pixels)), cv2.COLOR_BGR2RGB)
