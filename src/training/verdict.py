"""Scores that tell a photo of a main class from everything else, from the logits alone.

Every score is high for "identified". A photo below the threshold is answered with "not sure"; the
threshold keeps 95 % of the right answers of `val`.
"""

import numpy as np

KEPT = 0.95


def log_sum_exp(logits):
    peak = logits.max(1)
    return peak + np.log(np.exp(logits - peak[:, None]).sum(1))


def max_probability(logits):
    return np.exp(logits.max(1) - log_sum_exp(logits))


def energy(logits, temperature=1.0):
    """temperature x log-sum-exp(logits / temperature) (Liu et al., 2020)."""
    return temperature * log_sum_exp(logits / temperature)


def margin(logits):
    """Distance between the two largest logits."""
    top = np.sort(logits, axis=1)
    return top[:, -1] - top[:, -2]


def neg_entropy(logits):
    log_probability = logits - log_sum_exp(logits)[:, None]
    return (np.exp(log_probability) * log_probability).sum(1)


SCORES = {
    "max_probability": max_probability,
    "energy": energy,
    "margin": margin,
    "neg_entropy": neg_entropy,
}


def threshold_of(scores, right):
    """The threshold that keeps 95 % of the right answers."""
    return float(np.quantile(scores[right], 1 - KEPT))


def refused(scores, threshold):
    return float((scores < threshold).mean())


def halves(photos):
    """Boolean masks (tuned on, reported) by the parity of the sorted file names."""
    order = np.argsort([path.name for path, _ in photos], kind="stable")
    tuned = np.zeros(len(photos), bool)
    tuned[order[::2]] = True
    return tuned, ~tuned


def calibration_error(logits, labels, bins=15):
    """Expected calibration error over equal-width bins of the confidence."""
    confidence = max_probability(logits)
    right = logits.argmax(1) == labels
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        (index == i).mean() * abs(confidence[index == i].mean() - right[index == i].mean())
        for i in range(bins)
        if (index == i).any()
    ]
    return float(sum(gaps))
