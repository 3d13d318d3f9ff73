"""Cross-channel equalisation of the backbone before quantization.

One scale serves all channels of a quantized activation, and channels of the published network
differ in range by orders of magnitude: the narrow ones would drown in the rounding of the wide
ones. Nothing non-linear stands between the projection of a block and the expansion of the next, so
each channel there may be divided by its range and the weights that read it multiplied by the same:
the network computes the same function (Nagel et al., 2019, between the layers where it is exact).
"""

import torch


def streams(network):
    """Per residual stream: the convolutions that write it and those that read it."""
    writers, readers, found = [network.front[-1].steps[-1]], [], []
    for block in network.body[:-1]:
        readers.append(block.steps[0][0])
        if not block.residual:
            found.append((writers, readers))
            writers, readers = [], []
        writers.append(block.steps[-1])
    readers.append(network.body[-1][0])
    return found + [(writers, readers)]


def channel_ranges(network, batches):
    """Largest magnitude of every input channel of every convolution that reads a stream."""
    ranges, hooks = {}, []

    def observe(convolution, inputs):
        peak = inputs[0].abs().amax(dim=(0, 2, 3))
        ranges[convolution] = torch.maximum(ranges.get(convolution, peak), peak)

    for _, readers in streams(network):
        hooks += [reader.register_forward_pre_hook(observe) for reader in readers]
    for batch in batches:
        network(batch)
    for hook in hooks:
        hook.remove()
    return ranges


@torch.no_grad()
def equalise(network, batches):
    """Rescales the streams in place, every channel to a largest magnitude of one."""
    ranges = channel_ranges(network, batches)
    for writers, readers in streams(network):
        scale = torch.stack([ranges[reader] for reader in readers]).amax(0).clamp(min=1e-5)
        for writer in writers:
            writer.weight /= scale[:, None, None, None]
            writer.bias /= scale
        for reader in readers:
            reader.weight *= scale[None, :, None, None]
