"""The files of the model folder besides the graphs: head, labels, properties, checksums."""

import hashlib

import numpy as np
from safetensors.numpy import load_file, save

NAME = "fieldmark-animals"
VERSION = "1.0.0"

PROPERTIES = """\
# The embedded model. Written by src/training/build.py; MODEL_CARD.md explains the figures.
model.name={name}
model.version={version}
model.file=model.pt
model.precision=int8
# For CPUs on which the int8 graph is wrong or absent (the self-check tells).
model.fallback_file=model-fp32.pt
model.fallback_precision=fp32

# What the graph takes: [N, height, width, 3]; normalisation is inside.
input.width=224
input.height=224
input.layout=NHWC
input.type=uint8
input.color=RGB

# Centred square of floor(crop_ratio x shorter side + 0.5), then area average, or bilinear if it
# must be enlarged.
preprocessing.crop=center
preprocessing.crop_ratio=0.94
preprocessing.resize=area

# What the graph gives: [N, size]; logits = features x weight.T + bias of head.safetensors.
features.size=1280

# Below the threshold the verdict is "not sure". energy = t x log-sum-exp(logits / t).
verdict.score={score}
verdict.threshold={threshold:.4f}
verdict.temperature={temperature:g}

# Lowest acceptable cosine between computed and stored features of selfcheck.safetensors,
# each row, same precision.
selfcheck.min_cosine={min_cosine:g}

# Measured with the int8 graph: shares of right answers, of refused foreign photos, and of the
# right answers of `test` that are kept.
{figures}
"""


def write_head(file, weight, bias, labels):
    """Tensors `weight` [classes, 1280] and `bias` [classes], float32, calibrated."""
    # One entry only: the library writes several in an order that differs from run to run.
    metadata = {"labels": ",".join(labels)}
    tensors = {"weight": np.ascontiguousarray(weight), "bias": np.ascontiguousarray(bias)}
    file.write_bytes(save(tensors, metadata=metadata))


def read_head(file):
    tensors = load_file(file)
    return tensors["weight"], tensors["bias"]


def write_labels(file, labels):
    file.write_text("".join(f"{label}\n" for label in labels))


def write_properties(file, verdict, min_cosine, figures):
    """`verdict`: score, threshold, temperature; `figures`: key to number."""
    lines = "\n".join(f"{key}={value:.4f}" for key, value in figures.items())
    file.write_text(
        PROPERTIES.format(
            name=NAME, version=VERSION, min_cosine=min_cosine, figures=lines, **verdict
        )
    )


def read_properties(file):
    """Keys and values as strings."""
    lines = (line.strip() for line in file.read_text().splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def write_checksums(folder):
    """SHA256SUMS of all other files, as sha256sum --check reads it."""
    files = sorted(file for file in folder.iterdir() if file.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(sums))
