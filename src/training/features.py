"""Pixels and features of all photos, computed once and kept in the cache folder."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

from augmentation import augment
from photos import photos_of, samples_of
from preprocessing import INPUT_SIZE, decode, preprocess

BATCH = 8
SEED = 20251


def photos_in(root, split):
    return samples_of(root) if split == "samples" else photos_of(root, split)


def view_of(path, view, index):
    """View 0 is the photo as it is served; every other view is a random one of its own seed."""
    content = path.read_bytes()
    if view == 0:
        return preprocess(content)
    return augment(decode(content), np.random.default_rng([SEED, view, index]))


def pixels_of(root, cache, split, threads, view=0):
    """uint8 [photos, 224, 224, 3], mapped from a file; rows in the order of photos_in."""
    file = cache / f"pixels-{split}-{view}.npy"
    if not file.exists():
        paths = [path for path, _ in photos_in(root, split)]
        shape = (len(paths), INPUT_SIZE, INPUT_SIZE, 3)
        partial = file.with_suffix(".partial")
        pixels = np.lib.format.open_memmap(partial, "w+", np.uint8, shape)

        def fill(index):
            pixels[index] = view_of(paths[index], view, index)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fill, range(len(paths))))
        pixels.flush()
        partial.rename(file)
    return np.load(file, mmap_mode="r")


def features_of(graph, pixels, threads):
    """float32 [photos, 1280] of a served graph, one intra-op thread each."""
    torch.set_num_threads(1)
    features = np.empty((len(pixels), 1280), np.float32)

    def fill(start):
        batch = torch.from_numpy(np.array(pixels[start : start + BATCH]))
        features[start : start + BATCH] = graph(batch).numpy()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, range(0, len(pixels), BATCH)))
    return features


def cached_features(graph, options, split, view=0):
    """As features_of, kept in the cache under the graph's key; `options` as in evaluate.py."""
    file = options.cache / f"features-{graph.key}-{split}-{view}.npy"
    if not file.exists():
        pixels = pixels_of(options.photos, options.cache, split, options.threads, view)
        np.save(file, features_of(graph, pixels, options.threads))
    return np.load(file)


def labels_of(root, split, classes):
    """Index of the class of every photo; -1 for what is no main class."""
    names = [name for _, name in photos_in(root, split)]
    return np.array([classes.index(name) if name in classes else -1 for name in names])

