"""Chooses the verdict's score: the one that refuses most of what is no main class."""

import numpy as np

import verdict

# Temperatures tried for the energy.
TEMPERATURES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)


def candidates():
    """(score, temperature) pairs; only the energy has one."""
    others = [(name, 1.0) for name in verdict.SCORES if name != "energy"]
    return others + [("energy", temperature) for temperature in TEMPERATURES]


def score_of(entry):
    """The score of a table's entry as a function of logits."""
    if entry["score"] == "energy":
        return lambda logits: verdict.energy(logits, entry["temperature"])
    return verdict.SCORES[entry["score"]]


def shares(score, threshold, logits, foreign, half):
    """Share refused of one half (0 tuned on, 1 reported) of every foreign split."""
    return {
        split: verdict.refused(score(logits[split][verdict.halves(photos)[half]]), threshold)
        for split, photos in foreign.items()
    }


def compare(logits, labels, foreign):
    """An entry per candidate: score, temperature, threshold, tuned and reported shares."""
    right = logits["val"].argmax(1) == labels
    table = []
    for name, temperature in candidates():
        entry = {"score": name, "temperature": temperature}
        score = score_of(entry)
        entry["threshold"] = verdict.threshold_of(score(logits["val"]), right)
        for half, key in enumerate(("tuned", "reported")):
            entry[key] = shares(score, entry["threshold"], logits, foreign, half)
        table.append(entry)
    return table


def best(table):
    """The entry that refuses most on the tuning halves, both kinds counting alike."""
    return max(table, key=lambda entry: np.mean(list(entry["tuned"].values())))
