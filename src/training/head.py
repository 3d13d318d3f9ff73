"""The linear head: trained on standardised features, calibrated, folded into weight and bias."""

import numpy as np
import torch
from torch.nn import functional as F

EPOCHS = 25
BATCH = 256
SEED = 7


def standardisation(features):
    """Mean and deviation per feature; features that hardly vary are not blown up."""
    return features.mean(0), features.std(0) + 0.05


def train(features, labels, classes, smoothing, decay, rate=2e-3):
    """(weight, bias) on raw features. AdamW with cosine decay, deterministic."""
    torch.manual_seed(SEED)
    mean, deviation = (torch.from_numpy(a) for a in standardisation(features))
    x = (torch.from_numpy(features) - mean) / deviation
    y = torch.from_numpy(labels)
    layer = torch.nn.Linear(x.shape[1], classes)
    optimizer = torch.optim.AdamW(layer.parameters(), lr=rate, weight_decay=decay)
    steps = EPOCHS * -(-len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            F.cross_entropy(layer(x[rows]), y[rows], label_smoothing=smoothing).backward()
            optimizer.step()
            schedule.step()
    weight = layer.weight.detach() / deviation
    return weight.numpy(), (layer.bias.detach() - weight @ mean).numpy()


def logits_of(features, weight, bias):
    return features @ weight.T + bias


def temperature(logits, labels):
    """The divisor of the logits with the least negative log-likelihood."""
    x, y = torch.from_numpy(logits), torch.from_numpy(labels)
    candidates = np.exp(np.linspace(np.log(0.2), np.log(5), 400))
    losses = [F.cross_entropy(x / float(t), y).item() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def calibrated(weight, bias, logits, labels):
    """Weight and bias divided by the temperature, so that softmax gives the confidence."""
    divisor = temperature(logits, labels)
    return (weight / divisor).astype(np.float32), (bias / divisor).astype(np.float32)
