"""Which SE-Inceptions there are, as plain facts: building one is `se_inception.build`.

Szegedy et al., "Rethinking the Inception Architecture", arXiv 1512.00567 (Inception-v3);
"Inception-v4, Inception-ResNet and the Impact of Residual Connections", arXiv 1602.07261; both with
the modules that Keras Applications has. The SE block: Hu et al., arXiv 1709.01507, figure 2 (after
a module) and section 6.4 (on a residual branch, before the sum).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from se_viz.nets.se_resnet.layout import refuse_blocks


@dataclass(frozen=True)
class Conv:
    """A convolution with batch norm and ReLU: channels out, (height, width) of its kernel."""

    filters: int
    kernel: tuple[int, int] = (1, 1)
    stride: int = 1
    padding: Literal["same", "valid"] = "same"


@dataclass(frozen=True)
class Pool:
    """A 3x3 pool; with a stride of 2 it is not padded."""

    kind: Literal["average", "max"]
    stride: int = 1


Fork = tuple[Conv, ...]
"""Convolutions of the same input, side by side."""
Branch = tuple[Conv | Pool | Fork, ...]


@dataclass(frozen=True)
class Module:
    """Branches of the same input, concatenated.

    Attributes:
        name: of its layers.
        grid: 35, 17 or 8: height of its output for pictures of 299 px.
        branches: each from its input on.
        scale: of a residual module, by what its branch is multiplied before the sum; None for a
            module without a sum.
        active: whether the sum goes through a ReLU.
    """

    name: str
    grid: int
    branches: tuple[Branch, ...]
    scale: float | None = None
    active: bool = True


STEM: Branch = (
    Conv(32, (3, 3), 2, "valid"),
    Conv(32, (3, 3), 1, "valid"),
    Conv(64, (3, 3)),
    Pool("max", 2),
    Conv(80, (1, 1), 1, "valid"),
    Conv(192, (3, 3), 1, "valid"),
    Pool("max", 2),
)
"""Of both networks, before the first module."""
LAST = 1536
"""Channels of the convolution after Inception-ResNet-v2's last module."""
SMALLEST = 75
"""Pixels of the smallest picture of which its strides leave a position."""
SIZES = {"v3": "Inception-v3", "resnet_v2": "Inception-ResNet-v2"}


@dataclass(frozen=True)
class SEInception:
    """Which SE-Inception to build.

    Attributes:
        kind: "v3", with a block after each of its eleven modules, or "resnet_v2", with one on the
            branch of each of its forty residual modules.
        width: factor on every convolution's channels; 1 is the papers'.
        classes: number of logits K.
        ratio: reduction ratio r of every SE block.
        se: whether it has SE blocks at all.
        se_bias, squeeze, excitation, gate: as of `SEResNet`.
        size: height and width of the input in pixels, None for any.
    """

    kind: Literal["v3", "resnet_v2"] = "v3"
    width: float = 1.0
    classes: int = 1000
    ratio: float = 16
    se: bool = True
    se_bias: bool = False
    squeeze: Literal["average", "max", "none"] = "average"
    excitation: Literal["constant", "direct", "diagonal", "bottleneck", "full"] = "bottleneck"
    gate: Literal["sigmoid", "tanh", "relu", "softmax"] = "sigmoid"
    size: int | None = 299

    def __post_init__(self):
        if self.kind not in SIZES:
            raise ValueError(f"There is no Inception {self.kind!r}: {', '.join(SIZES)}.")
        if self.classes < 1 or self.width <= 0:
            raise ValueError("An SE-Inception needs a class and a width above 0.")
        if isinstance(self.ratio, tuple):
            raise ValueError("r of an SE-Inception is one number, the same in every module.")
        if self.size is not None and self.size < SMALLEST:
            raise ValueError(f"An Inception needs pictures of at least {SMALLEST} px.")
        refuse_blocks(self)

    def ratio_of(self, part: int) -> float:
        """The reduction ratio r, the same in every module."""
        return self.ratio

    def flexible(self) -> SEInception:
        """The same network for pictures of any size."""
        return replace(self, size=None)

    @property
    def name(self) -> str:
        return f"{'se_' if self.se else ''}inception_{self.kind}"

    @property
    def title(self) -> str:
        return f"{'SE-' if self.se else ''}{SIZES[self.kind]}"

    def channels(self, filters: int) -> int:
        """Channels of a convolution that has so many at width 1."""
        return max(1, round(filters * self.width))

    @property
    def modules(self) -> tuple[Module, ...]:
        """From the first to the last."""
        return tuple(_v3() if self.kind == "v3" else _resnet_v2())


def _conv(filters: int, height: int = 1, width: int | None = None) -> Conv:
    return Conv(filters, (height, width or height))


def _down(filters: int) -> Conv:
    """A 3x3 convolution that halves the grid."""
    return Conv(filters, (3, 3), 2, "valid")


def _v3() -> Iterator[Module]:
    for number, pooled in enumerate((32, 64, 64)):
        yield Module(f"mixed{number}", 35, _fives((64, pooled)))
    halved: tuple[Branch, ...] = (
        (_down(384),),
        (_conv(64), _conv(96, 3), _down(96)),
        (Pool("max", 2),),
    )
    yield Module("mixed3", 17, halved)
    for number, inner in enumerate((128, 160, 160, 192), 4):
        yield Module(f"mixed{number}", 17, _sevens(inner))
    halved = (
        (_conv(192), _down(320)),
        (_conv(192), _conv(192, 1, 7), _conv(192, 7, 1), _down(192)),
        (Pool("max", 2),),
    )
    yield Module("mixed8", 8, halved)
    split = (_conv(384, 1, 3), _conv(384, 3, 1))
    for number in (9, 10):
        branches = (
            (_conv(320),),
            (_conv(384), split),
            (_conv(448), _conv(384, 3), split),
            (Pool("average"), _conv(192)),
        )
        yield Module(f"mixed{number}", 8, branches)


def _fives(ends: tuple[int, int]) -> tuple[Branch, ...]:
    """The module with a 5x5 convolution; channels of its first and of its pooled branch."""
    return (
        (_conv(ends[0]),),
        (_conv(48), _conv(64, 5)),
        (_conv(64), _conv(96, 3), _conv(96, 3)),
        (Pool("average"), _conv(ends[1])),
    )


def _sevens(inner: int) -> tuple[Branch, ...]:
    twice = (_conv(inner, 7, 1), _conv(inner, 1, 7))
    return (
        (_conv(192),),
        (_conv(inner), _conv(inner, 1, 7), _conv(192, 7, 1)),
        (_conv(inner), *twice, _conv(inner, 7, 1), _conv(192, 1, 7)),
        (Pool("average"), _conv(192)),
    )


def _resnet_v2() -> Iterator[Module]:
    yield Module("mixed_5b", 35, _fives((96, 64)))
    thirds = ((_conv(32),), (_conv(32), _conv(32, 3)), (_conv(32), _conv(48, 3), _conv(64, 3)))
    for number in range(1, 11):
        yield Module(f"block35_{number}", 35, thirds, 0.17)
    halved: tuple[Branch, ...] = (
        (_down(384),),
        (_conv(256), _conv(256, 3), _down(384)),
        (Pool("max", 2),),
    )
    yield Module("mixed_6a", 17, halved)
    wide = ((_conv(192),), (_conv(128), _conv(160, 1, 7), _conv(192, 7, 1)))
    for number in range(1, 21):
        yield Module(f"block17_{number}", 17, wide, 0.1)
    halved = (
        (_conv(256), _down(384)),
        (_conv(256), _down(288)),
        (_conv(256), _conv(288, 3), _down(320)),
        (Pool("max", 2),),
    )
    yield Module("mixed_7a", 8, halved)
    last = ((_conv(192),), (_conv(192), _conv(224, 1, 3), _conv(256, 3, 1)))
    for number in range(1, 10):
        yield Module(f"block8_{number}", 8, last, 0.2)
    yield Module("block8_10", 8, last, 1.0, active=False)
