"""Rounds the weights of 1x1 convolutions so that the errors of one row cancel out.

GPTQ (Frantar et al., 2023): the inputs of a convolution correlate, so what rounding one weight
adds to the output can mostly be taken back by the weights not yet rounded.
"""

import torch
from torch import nn


def grid_of(weight, limit):
    """Scale per output channel that maps its largest magnitude to the end of the grid."""
    return weight.flatten(1).abs().amax(1).clamp(min=1e-9) / (limit - 0.5)


def input_products(network, convolutions, batches):
    """Mean of x x^T over all positions for the input x of every convolution."""
    sums, hooks = {}, []

    def observe(convolution, inputs):
        x = inputs[0].movedim(1, 0).flatten(1).double()
        sums[convolution] = sums.get(convolution, 0) + x @ x.T / x.shape[1]

    hooks = [convolution.register_forward_pre_hook(observe) for convolution in convolutions]
    for batch in batches:
        network(batch)
    for hook in hooks:
        hook.remove()
    return {convolution: total / len(batches) for convolution, total in sums.items()}


def rounded(weight, products, scale, limit):
    """The weights [outputs, inputs] on the grid scale x [-limit, limit - 1]."""
    order = products.diagonal().argsort(descending=True)
    weight, scale = weight.double()[:, order], scale.double()
    products = products[order][:, order]
    damping = 0.01 * products.diagonal().mean()
    products = products + damping * torch.eye(len(products), dtype=torch.double)
    inverse = torch.linalg.inv(products)
    factor = torch.linalg.cholesky(inverse, upper=True)
    result = torch.empty_like(weight)
    for i in range(weight.shape[1]):
        result[:, i] = (weight[:, i] / scale).round().clamp(-limit, limit - 1) * scale
        error = (weight[:, i] - result[:, i]) / factor[i, i]
        weight[:, i:] -= error[:, None] * factor[i, i:]
    return result[:, order.argsort()]


@torch.no_grad()
def round_pointwise(network, batches, limit):
    """Rounds the body's 1x1 convolutions in place; answers the scales by module name."""
    named = {
        name: module
        for name, module in network.body.named_modules()
        if isinstance(module, nn.Conv2d) and module.groups == 1
    }
    products = input_products(network, named.values(), batches)
    scales = {}
    for name, module in named.items():
        scales[name] = grid_of(module.weight, limit)
        matrix = rounded(module.weight.flatten(1), products[module], scales[name], limit)
        module.weight.copy_(matrix.float().reshape(module.weight.shape))
    return scales
