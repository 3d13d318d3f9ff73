"""The head's settings against `val`, for choosing the constants of build.py by hand.

    python src/training/tune.py   (after build.py)

Labels are smoothed and weights decay for the sake of "not sure" as much as of accuracy: the share
of the foreign photos' tuning halves that the energy refuses is printed too.
"""

import itertools

import torch
from torch.nn import functional as F

import choice
import head
import verdict
from build import training_set
from evaluate import FOREIGN, arguments, load_graphs
from features import cached_features, labels_of, photos_in
from photos import class_names

SMOOTHING = (0.0, 0.05, 0.1)
DECAY = (0.3, 1.0, 3.0, 6.0)
VIEWS = (1, 3)


def main():
    options = arguments(__doc__).parse_args()
    classes = class_names(options.photos)
    labels = torch.from_numpy(labels_of(options.photos, "val", classes))
    graph, _ = load_graphs(options.model)
    val = cached_features(graph, options, "val")
    foreign = {split: photos_in(options.photos, split) for split in FOREIGN}
    torch.set_num_threads(1)
    for views, smoothing, decay in itertools.product(VIEWS, SMOOTHING, DECAY):
        features, truth = training_set(graph, options, classes, views)
        weight, bias = head.train(features, truth, len(classes), smoothing, decay)
        raw = head.logits_of(val, weight, bias)
        weight, bias = head.calibrated(weight, bias, raw, labels.numpy())
        logits = {"val": head.logits_of(val, weight, bias)} | {
            split: head.logits_of(cached_features(graph, options, split), weight, bias)
            for split in FOREIGN
        }
        right = logits["val"].argmax(1) == labels.numpy()
        threshold = verdict.threshold_of(verdict.energy(logits["val"]), right)
        refused = choice.shares(verdict.energy, threshold, logits, foreign, half=0)
        loss = F.cross_entropy(torch.from_numpy(logits["val"]), labels).item()
        print(
            f"views {views} smoothing {smoothing} decay {decay}: val {right.mean():.4f}",
            f"loss {loss:.4f} refused {list(refused.values())}",
            flush=True,
        )


if __name__ == "__main__":
    main()
