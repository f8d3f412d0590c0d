"""SE-ResNets with the weights that timm (github.com/huggingface/pytorch-image-models) published.

timm itself is not needed: the files are read with safetensors and put into our own networks.
"""

from __future__ import annotations

from se_viz.nets.timm.architectures import ARCHITECTURES, Architecture
from se_viz.nets.timm.load import entries, load, network_of
from se_viz.nets.timm.published import PUBLISHED, Published

__all__ = [
    "ARCHITECTURES",
    "PUBLISHED",
    "Architecture",
    "Published",
    "entries",
    "load",
    "network_of",
]
