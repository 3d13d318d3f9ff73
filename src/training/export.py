"""TorchScript files of the backbone: written without traces of this machine, loaded as served."""

import hashlib
import zipfile
from typing import NamedTuple

import torch

from backbone import Backbone
from quantize import ENGINE

EXAMPLE = (2, 224, 224, 3)


class ServedGraph(NamedTuple):
    """A TorchScript file as a server loads it; `key` names its content."""

    module: torch.jit.ScriptModule
    key: str

    def __call__(self, batch):
        with torch.inference_mode():
            return self.module(batch)


def served(file):
    """Loads with the engine that libtorch takes by default."""
    torch.backends.quantized.engine = ENGINE
    key = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return ServedGraph(torch.jit.load(str(file)), key)


def strip(file):
    """Leaves out the source positions (they name the files of this machine) and all dates."""
    with zipfile.ZipFile(file) as archive:
        kept = [name for name in archive.namelist() if not name.endswith(".debug_pkl")]
        contents = {name: archive.read(name) for name in kept}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content)


def save(network, file):
    """Traces, freezes and saves the network."""
    example = torch.zeros(EXAMPLE, dtype=torch.uint8)
    with torch.no_grad():
        traced = torch.jit.trace(network.eval(), example, check_trace=False)
    torch.jit.save(torch.jit.freeze(traced), str(file))
    strip(file)


def floating_point():
    """The fp32 backbone, channels last inside."""
    return Backbone().eval().to(memory_format=torch.channels_last)
