"""Scenes drawn by code, for tests that may not carry photos."""

import cv2
import numpy as np

WIDTH, HEIGHT = 640, 480


def backdrop(generator):
    """Sky above grass, with soft texture; BGR."""
    rows = np.linspace(0, 1, HEIGHT)[:, None, None]
    sky = np.array([235, 200, 150]) * (1 - rows) + np.array([240, 235, 225]) * rows
    grass = np.array([60, 140, 90]) * (1 - rows) + np.array([30, 90, 60]) * rows
    scene = np.where(rows < 0.45, sky, grass) * np.ones((1, WIDTH, 1))
    texture = generator.normal(0, 1, (HEIGHT // 5, WIDTH // 5, 1)).astype(np.float32)
    texture = cv2.GaussianBlur(cv2.resize(texture, (WIDTH, HEIGHT)), (0, 0), 1.5)
    return (scene + 14 * texture[..., None]).clip(0, 255).astype(np.uint8)


def ellipse(scene, centre, axes, colour, angle=0):
    cv2.ellipse(scene, centre, axes, angle, 0, 360, colour, -1, cv2.LINE_AA)


def panda(generator):
    """A panda's face and shoulders, a little left of the middle."""
    scene = backdrop(generator)
    ellipse(scene, (300, 470), (210, 150), (25, 25, 25))
    for x in (190, 395):
        ellipse(scene, (x, 120), (52, 52), (20, 20, 20))
    ellipse(scene, (292, 235), (150, 135), (240, 245, 245))
    for x, angle in ((232, 30), (352, -30)):
        ellipse(scene, (x, 225), (34, 46), (22, 22, 22), angle)
        ellipse(scene, (x, 222), (12, 12), (70, 50, 40))
        ellipse(scene, (x + 4, 217), (4, 4), (255, 255, 255))
    ellipse(scene, (292, 290), (22, 15), (30, 30, 30))
    cv2.line(scene, (292, 300), (292, 322), (40, 40, 40), 4, cv2.LINE_AA)
    cv2.ellipse(scene, (292, 318), (30, 16), 0, 10, 170, (40, 40, 40), 4, cv2.LINE_AA)
    return shaded(scene)


def wings(scene, colour, size):
    for side in (-1, 1):
        for dx, dy, axes, angle in ((105, -70, (120, 80), -35), (85, 75, (85, 65), 35)):
            scaled = tuple(round(size * axis) for axis in axes)
            ellipse(scene, (330 + side * dx, 235 + dy), scaled, colour, side * angle)


def butterfly(generator):
    """A butterfly with open orange wings, dark rims and spots."""
    scene = backdrop(generator)
    wings(scene, (15, 20, 25), 1.0)
    wings(scene, (30, 130, 240), 0.85)
    for side in (-1, 1):
        for step in range(7):
            spot = (330 + side * (140 + 12 * step), 105 + 14 * step)
            ellipse(scene, spot, (5, 5), (235, 240, 245))
        for dx, dy in ((200, 130), (215, 175), (190, 100), (150, 310), (120, 345)):
            cv2.line(scene, (330, 235), (330 + side * dx, dy), (20, 25, 30), 3, cv2.LINE_AA)
        cv2.line(scene, (330, 150), (330 + side * 45, 80), (20, 20, 20), 3, cv2.LINE_AA)
    ellipse(scene, (330, 240), (13, 95), (20, 22, 26))
    return shaded(scene)


def shaded(scene):
    """Light from the upper left, so that every pixel differs a little from its mirror image."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    light = 1.08 - 0.25 * (rows / HEIGHT + columns / WIDTH) / 2
    return (scene * light[..., None]).clip(0, 255).astype(np.uint8)


def enlarged(scene, width, height, generator):
    """The scene at another size, with fine grain so that its scaling matters."""
    large = cv2.resize(scene, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    grain = generator.normal(0, 4, (height // 2, width // 2, 1)).astype(np.float32)
    large += cv2.resize(grain, (width, height))[..., None]
    return large.clip(0, 255).astype(np.uint8)
