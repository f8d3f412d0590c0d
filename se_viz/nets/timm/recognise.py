"""Which of timm's SE-ResNets weights are of, told by their names and shapes alone.

Weights that somebody trained further have timm's names, any number of classes, and maybe a prefix
such as "model." or "module.", which programs for training put before all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from se_viz.nets.se_resnet.inferred import depth, infer
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.nets.timm.architectures import ARCHITECTURES
from se_viz.nets.timm.names import converted

FIRST = "layer1.0.conv1.weight"
ALIKE = (
    " Networks of timm with anti-aliasing (seresnextaa101d_32x8d, seresnetaa50d) have weights of "
    "the same names and shapes: if this is one of them, its gates come out wrong."
)


@dataclass(frozen=True)
class Recognised:
    """Weights of timm, read.

    Attributes:
        layout: of the network, for pictures of any size.
        tensors: by our names, in our axes; names that do not belong stay as they are.
        name: as timm calls the architecture; "" where it has none of this layout.
    """

    layout: SEResNet
    tensors: dict[str, np.ndarray]
    name: str

    @property
    def title(self) -> str:
        """What it is, for people, as the rest of a title."""
        return f"timm's {self.name}" if self.name else f"a {self.layout.name} by timm's names"

    @property
    def note(self) -> str:
        """What it was taken for, and what else it may be, for people."""
        alike = self.layout.shortcut == "average" and self.layout.se_stages
        told = f"Read as {self.title}, as the names and shapes of its weights tell."
        return told + (ALIKE if alike else "")


def is_of_timm(tensors: Mapping[str, np.ndarray]) -> bool:
    """Whether weights are called as in a ResNet of timm."""
    return _prefix(tensors) is not None


def recognise(tensors: Mapping[str, np.ndarray]) -> Recognised:
    """The network of timm that weights are of.

    Args:
        tensors: by timm's names, which `is_of_timm`.

    Raises:
        ValueError: where it is none that can be built; a sentence.
    """
    prefix = _prefix(tensors) or ""
    own = {name.removeprefix(prefix): tensor for name, tensor in tensors.items()}
    legacy = "layer0.conv1.weight" in own
    sketch = _sketch(own)
    ours = converted(own, sketch, legacy)
    if "logits/kernel" not in ours:
        last = "last_linear" if legacy else "fc"
        raise ValueError(f"They lack {last}.weight, the layer that tells classes apart.")
    found = infer({name: tensor.shape for name, tensor in ours.items()})
    layout = replace(found, size=None, **_traceless(found, sketch, legacy))
    return Recognised(layout, ours, _name(layout, legacy))


def _prefix(tensors: Mapping[str, np.ndarray]) -> str | None:
    """What stands before all names; None where these are no names of timm."""
    places = [name.removesuffix(FIRST) for name in tensors if name.endswith(FIRST)]
    return places[0] if len(places) == 1 and places[0][-1:] in ("", ".") else None


def _sketch(own: Mapping[str, np.ndarray]) -> SEResNet:
    """As much of the layout as decides what timm calls things."""
    kind = "bottleneck" if "layer1.0.conv3.weight" in own else "basic"
    blocks = [re.fullmatch(r"layer([1-4])\.\d+\.conv1\.weight", name) for name in own]
    stages = [str(int(match[1]) + 1) for match in blocks if match]
    deep = "conv1.0.weight" in own or "layer0.conv2.weight" in own
    pooled = getattr(own.get("layer2.0.downsample.1.weight"), "ndim", 1) == 4
    return SEResNet(
        depth=depth(kind, stages),
        stem=(32, 32, 64) if deep else None,
        shortcut="average" if pooled else "1x1",
    )


def _traceless(found: SEResNet, sketch: SEResNet, legacy: bool) -> dict:
    """What leaves no trace in shapes, as timm has it."""
    traits: dict = {"shortcut": "average"} if sketch.shortcut == "average" else {}
    if legacy:
        traits["stem_pool"] = "ceil"
        traits["stride_in"] = "1x1" if found.groups == 1 else "3x3"
        traits["relu_before_se"] = found.expansion == 1
    return traits


def _name(layout: SEResNet, legacy: bool) -> str:
    """timm's name of the architecture."""
    for name, known in ARCHITECTURES.items():
        same = replace(known.layout, classes=layout.classes) == layout
        if same and name.startswith("legacy_") == legacy:
            return name
    return ""
