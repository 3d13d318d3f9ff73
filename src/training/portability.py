"""Does this CPU compute the features that were stored? For other CPUs, run it under an emulator.

    python src/training/portability.py --reference target/reference.npz
    qemu-x86_64 -cpu Haswell $(readlink -f $(which python)) <the same>

The first run writes what the second compares with.
"""

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

from evaluate import arguments, load_graphs
from photos import photos_of
from preprocessing import preprocess
from selfcheck import cosines

PHOTOS = 20


def features_one_by_one(graph, pixels):
    rows = [graph(torch.from_numpy(pixels[i : i + 1])).numpy() for i in range(len(pixels))]
    return np.concatenate(rows)


def report(title, computed, stored):
    values = cosines(computed, stored)
    relative = np.linalg.norm(computed - stored) / np.linalg.norm(stored)
    spread = f"cosine {values.min():.5f} to {values.max():.5f}, distance {relative:.4f}"
    print(f"{title}: {spread}", flush=True)


def reference(options, graphs):
    """Pixels and features of some photos of val, written on the first run."""
    if not options.reference.exists():
        photos = photos_of(options.photos, "val")
        chosen = photos[:: len(photos) // PHOTOS][:PHOTOS]
        pixels = np.stack([preprocess(path.read_bytes()) for path, _ in chosen])
        features = {name: features_one_by_one(graph, pixels) for name, graph in graphs.items()}
        np.savez(options.reference, pixels=pixels, **features)
    return np.load(options.reference)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--reference", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    graphs = dict(zip(("int8", "fp32"), load_graphs(options.model)))
    print("kernels:", torch.backends.cpu.get_cpu_capability(), flush=True)
    stored = load_file(options.model / "selfcheck.safetensors")
    photos = reference(options, graphs)
    for name, graph in graphs.items():
        computed = graph(torch.from_numpy(stored["input"])).numpy()
        report(f"{name} self-check", computed, stored[f"features_{name}"])
        report(f"{name} photos", features_one_by_one(graph, photos["pixels"]), photos[name])


if __name__ == "__main__":
    main()
