"""What a second opinion would add: the backbone's own ImageNet classes. Measured, not served."""

import numpy as np

import verdict
from backbone import published_network
from evaluate import FOREIGN
from features import cached_features

# The ImageNet classes 0 to 397 are animals.
ANIMALS = 398


def animal_mass(features):
    """Probability that the backbone's own classifier puts on animals."""
    layer = published_network()._fc
    logits = features @ layer.weight.detach().numpy().T + layer.bias.detach().numpy()
    return np.exp(verdict.log_sum_exp(logits[:, :ANIMALS]) - verdict.log_sum_exp(logits))


def ranks(scores, reference):
    """Share of the reference below each score: makes different scores comparable."""
    return np.searchsorted(np.sort(reference), scores) / len(reference)


def combined_refusals(graph, options, logits, labels, foreign, score):
    """Share refused of the reported halves when the worse rank of both scores decides.

    The graph is the fp32 one, whose features the ImageNet classes were trained on.
    """
    right = logits["val"].argmax(1) == labels

    def mass(split):
        return animal_mass(cached_features(graph, options, split))

    reference = score(logits["val"])[right], mass("val")[right]

    def worse_rank(split):
        pair = score(logits[split]), mass(split)
        return np.minimum(*(ranks(scores, base) for scores, base in zip(pair, reference)))

    threshold = verdict.threshold_of(worse_rank("val"), right)
    return {
        split: verdict.refused(worse_rank(split)[verdict.halves(foreign[split])[1]], threshold)
        for split in FOREIGN
    }
