"""Static int8 quantization of the backbone, made for the kernels that serve it.

Without AVX512-VNNI, and for depthwise convolutions always, x86 kernels add pairs of products in 16
bits: full 8-bit weights overflow there, 7-bit ones cannot (2 x 255 x 64 < 32768). All weights are
held to 7 bits, so that the graph computes the same on every x86 CPU. The stem and the first block
stay in floating point: alone they would cost most of the accuracy that quantization loses.
"""

import torch
from torch import nn
from torch.ao.quantization import (
    HistogramObserver,
    PerChannelMinMaxObserver,
    QConfig,
    QConfigMapping,
)
from torch.ao.quantization.quantize_fx import convert_fx, prepare_fx

from backbone import Activated, Backbone
from equalise import equalise
from rounding import grid_of, round_pointwise

ENGINE = "x86"
# Weights lie in [-LIMIT, LIMIT - 1].
LIMIT = 64


class ClippedObserver(HistogramObserver):
    """Observes activations clipped at 6, so that the quantized ReLU's range makes it ReLU6."""

    def forward(self, x):
        return super().forward(x.clamp(max=6.0))


class GivenScale(PerChannelMinMaxObserver):
    """Quantizes weights with scales that were chosen before."""

    def __init__(self, scale, **options):
        super().__init__(**options)
        self.scale = scale

    def calculate_qparams(self):
        return self.scale, torch.zeros(len(self.scale), dtype=torch.int64)


def config(observer, scale):
    """uint8 activations as the observer sees them, 7-bit weights of the given scales."""
    weight = GivenScale.with_args(
        scale=scale,
        dtype=torch.qint8,
        qscheme=torch.per_channel_symmetric,
        quant_min=-LIMIT,
        quant_max=LIMIT - 1,
    )
    activation = observer.with_args(dtype=torch.quint8, reduce_range=False)
    return QConfig(activation=activation, weight=weight)


def mapping_for(body, scales):
    """Which module of the body is quantized how."""
    mapping = QConfigMapping().set_global(config(HistogramObserver, torch.ones(1)))
    for name, module in body.named_modules():
        if not isinstance(module, nn.Conv2d):
            continue
        scale = scales.get(name, grid_of(module.weight.detach(), LIMIT))
        parent = name.rpartition(".")[0]
        if isinstance(body.get_submodule(parent), Activated):
            clipped = config(ClippedObserver, scale)
            mapping.set_module_name(name, clipped).set_module_name(f"{parent}.1", clipped)
        else:
            mapping.set_module_name(name, config(HistogramObserver, scale))
    return mapping


def quantized(batches):
    """The int8 backbone, calibrated with batches of uint8 [N, 224, 224, 3]."""
    torch.backends.quantized.engine = ENGINE
    network = Backbone(activation=nn.ReLU6).eval()
    with torch.no_grad():
        equalise(network, batches)
        scales = round_pointwise(network, batches, LIMIT)
        for block in network.body.modules():
            if isinstance(block, Activated):
                block[1] = nn.ReLU()
        example = (torch.zeros(1, 16, 112, 112),)
        network.body = prepare_fx(network.body, mapping_for(network.body, scales), example)
        for batch in batches:
            network(batch)
    network.body = convert_fx(network.body)
    return network
