"""Drawn inputs and the features they must give: tells a server whether its CPU computes right."""

import numpy as np
import torch
from safetensors.numpy import save

from preprocessing import INPUT_SIZE


def patterns():
    """uint8 [4, 224, 224, 3]: full contrast, where 16-bit sums of products would overflow."""
    generator = np.random.default_rng(19)
    rows, columns = np.mgrid[0:INPUT_SIZE, 0:INPUT_SIZE]
    checks = np.where((rows // 16 + columns // 16) % 2, 255, 0)
    rings = np.where(np.hypot(rows - 112, columns - 112) // 9 % 2, 255, 0)
    stripes = np.stack([np.where((columns + shift) // 7 % 2, 255, 0) for shift in (0, 5, 9)], -1)
    coarse = generator.integers(0, 2, (28, 28, 3)) * 255
    noise = coarse.repeat(8, axis=0).repeat(8, axis=1)
    inputs = [np.stack([checks, 255 - checks, checks], -1), rings[..., None].repeat(3, -1)]
    return np.stack([*inputs, stripes, noise]).astype(np.uint8)


def cosines(a, b):
    """Cosine of each row of a with the same row of b."""
    return (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))


def write_selfcheck(file, graph_int8, graph_fp32):
    """Stores the patterns with the features of both graphs."""
    pixels = patterns()
    batch = torch.from_numpy(pixels)
    tensors = {
        "input": pixels,
        "features_int8": graph_int8(batch).numpy(),
        "features_fp32": graph_fp32(batch).numpy(),
    }
    file.write_bytes(save(tensors))
