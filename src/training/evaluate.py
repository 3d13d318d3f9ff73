"""Figures of a model folder, computed with its graphs as a server loads them.

    python src/training/evaluate.py --photos ../shared/animal-photos
"""

import argparse
import json
from pathlib import Path

import verdict
from features import cached_features, labels_of
from export import served
from head import logits_of
from model_folder import read_head, read_properties

LABELLED = ("val", "test", "elsewhere", "samples")
FOREIGN = ("other-animals", "not-an-animal")


def load_graphs(folder):
    """(int8, fp32), as a server loads them."""
    return served(folder / "model.pt"), served(folder / "model-fp32.pt")


def logits_by_split(graph, weight, bias, options):
    """Logits of every split but train."""
    return {
        split: logits_of(cached_features(graph, options, split), weight, bias)
        for split in LABELLED + FOREIGN
    }


def accuracy(logits, labels):
    """Share of right answers among the photos of main classes."""
    known = labels >= 0
    return float((logits[known].argmax(1) == labels[known]).mean())


def figures_of(logits, labels, score, threshold):
    """The figures of model.properties; `score` maps logits to verdict scores."""
    figures = {f"accuracy.{split}": accuracy(logits[split], labels[split]) for split in LABELLED}
    figures["calibration_error.test"] = verdict.calibration_error(logits["test"], labels["test"])
    for split in FOREIGN:
        key = "refused." + split.replace("-", "_")
        figures[key] = verdict.refused(score(logits[split]), threshold)
    right = logits["test"].argmax(1) == labels["test"]
    figures["kept.right_answers"] = 1 - verdict.refused(score(logits["test"])[right], threshold)
    return figures


def score_of(properties):
    """The verdict's score as a function of logits."""
    name, temperature = properties["verdict.score"], float(properties["verdict.temperature"])
    if name == "energy":
        return lambda logits: verdict.energy(logits, temperature)
    return verdict.SCORES[name]


def arguments(description):
    """The arguments that the scripts of this folder share, for a run in the project's root."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=Path, default=Path("../shared/animal-photos"))
    parser.add_argument("--model", type=Path, default=Path("src/main/model"))
    parser.add_argument("--cache", type=Path, default=Path("target/training"))
    parser.add_argument("--parity", type=Path, default=Path("src/test/resources/parity"))
    parser.add_argument("--threads", type=int, default=1)
    return parser


def main():
    options = arguments(__doc__).parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    labels = (options.model / "synset.txt").read_text().split()
    truth = {split: labels_of(options.photos, split, labels) for split in LABELLED}
    properties = read_properties(options.model / "model.properties")
    weight, bias = read_head(options.model / "head.safetensors")
    score, threshold = score_of(properties), float(properties["verdict.threshold"])
    for precision, graph in zip(("int8", "fp32"), load_graphs(options.model)):
        logits = logits_by_split(graph, weight, bias, options)
        figures = figures_of(logits, truth, score, threshold)
        print(precision, json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
