"""Builds the model folder and the parity images from the photos: one deterministic run.

    python src/training/build.py --photos ../shared/animal-photos
"""

import numpy as np
import torch

import choice
import head
import model_folder
from card import write_card
from evaluate import FOREIGN, LABELLED, arguments, figures_of, load_graphs, logits_by_split
from export import floating_point, save
from features import cached_features, labels_of, photos_in, pixels_of
from outlook import combined_refusals
from parity import write_parity
from photos import class_names
from quantize import quantized
from selfcheck import write_selfcheck

# Chosen on val with tune.py.
VIEWS = 3
SMOOTHING = 0.05
DECAY = 3.0
CALIBRATION_PHOTOS = 256
# portability.py: healthy CPUs give 0.999 and more, overflowing kernels 0.81 for one of the rows.
MIN_COSINE = 0.99


def calibration_batches(options):
    """Photos of every class, evenly spread over train."""
    pixels = pixels_of(options.photos, options.cache, "train", options.threads)
    rows = np.linspace(0, len(pixels) - 1, CALIBRATION_PHOTOS).astype(int)
    return list(torch.from_numpy(np.array(pixels[rows])).split(8))


def training_set(graph, options, classes, views):
    """Features and labels of the photos as served, followed by views - 1 random ones of each."""
    features = [cached_features(graph, options, "train", view) for view in range(views)]
    labels = labels_of(options.photos, "train", classes)
    return np.concatenate(features), np.tile(labels, views)


def write_graphs(options):
    torch.set_num_threads(1)
    save(floating_point(), options.model / "model-fp32.pt")
    save(quantized(calibration_batches(options)), options.model / "model.pt")
    return load_graphs(options.model)


def write_head(graph, options, classes):
    """Trains, calibrates on val and writes the head."""
    features, labels = training_set(graph, options, classes, VIEWS)
    torch.set_num_threads(1)
    weight, bias = head.train(features, labels, len(classes), SMOOTHING, DECAY)
    val = cached_features(graph, options, "val")
    truth = labels_of(options.photos, "val", classes)
    weight, bias = head.calibrated(weight, bias, head.logits_of(val, weight, bias), truth)
    model_folder.write_head(options.model / "head.safetensors", weight, bias, classes)
    return weight, bias


def write_figures(int8, fp32, weight, bias, options, classes):
    """Chooses the verdict's score and writes properties and card."""
    truth = {split: labels_of(options.photos, split, classes) for split in LABELLED}
    foreign = {split: photos_in(options.photos, split) for split in FOREIGN}
    by_precision = {
        "int8": logits_by_split(int8, weight, bias, options),
        "fp32": logits_by_split(fp32, weight, bias, options),
    }
    logits = by_precision["int8"]
    table = choice.compare(logits, truth["val"], foreign)
    verdict = choice.best(table)
    score = choice.score_of(verdict)
    figures = figures_of(logits, truth, score, verdict["threshold"])
    properties = options.model / "model.properties"
    model_folder.write_properties(properties, verdict, MIN_COSINE, figures)
    second = combined_refusals(fp32, options, logits, truth["val"], foreign, score)
    write_card(options, classes, by_precision, truth, table, verdict, second)


def main():
    options = arguments(__doc__).parse_args()
    options.model.mkdir(parents=True, exist_ok=True)
    options.cache.mkdir(parents=True, exist_ok=True)
    classes = class_names(options.photos)
    int8, fp32 = write_graphs(options)
    weight, bias = write_head(int8, options, classes)
    model_folder.write_labels(options.model / "synset.txt", classes)
    write_selfcheck(options.model / "selfcheck.safetensors", int8, fp32)
    write_figures(int8, fp32, weight, bias, options, classes)
    # Taken with the model that was here before; the README says how to take another.
    (options.model / "drift-reference.properties").unlink(missing_ok=True)
    model_folder.write_checksums(options.model)
    write_parity(options.model, options.parity)


if __name__ == "__main__":
    main()
