"""Which SE-ResNets there are, as plain facts: building one is `se_resnet.build`.

He et al., "Deep Residual Learning", arXiv 1512.03385, table 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

LAYOUTS = {
    18: ("basic", (2, 2, 2, 2)),
    34: ("basic", (3, 4, 6, 3)),
    50: ("bottleneck", (3, 4, 6, 3)),
    101: ("bottleneck", (3, 4, 23, 3)),
    152: ("bottleneck", (3, 8, 36, 3)),
}
EXPANSION = {"basic": 1, "bottleneck": 4}


def hidden_width(channels: int, ratio: float) -> int:
    """Width of the bottleneck, C / r (section 3.2).

    Raises:
        ValueError: where `ratio` is not a positive divisor of `channels`.
    """
    if channels < 1:
        raise ValueError(f"An SE block needs at least one channel, not {channels}.")
    if not ratio > 0:
        raise ValueError(f"The reduction ratio must be above 0, not {ratio}.")
    width = channels / ratio
    if width < 1:
        raise ValueError(f"Ratio {ratio} leaves {channels} channels a hidden width under 1.")
    if width != int(width):
        raise ValueError(f"Ratio {ratio} does not divide {channels} channels.")
    return int(width)


@dataclass(frozen=True)
class SEResNet:
    """Which SE-ResNet to build.

    Attributes:
        depth: 18, 34, 50, 101 or 152.
        width: factor on every layer's channels; 1 is the paper's.
        classes: number of logits K.
        ratio: reduction ratio r of every SE block.
        se_stages: the stages (2 to 5) whose blocks have SE; empty for a plain ResNet.
        se_bias: biases in the SE blocks' dense layers.
        stride_in: which convolution of a bottleneck halves the resolution.
        stem_pool: max-pool padded by 1 on each side, or rounding up without padding.
        size: height and width of the input in pixels, None for any.
        zero_last_gamma: start every residual branch at zero (a training aid).
    """

    depth: int = 50
    width: float = 1.0
    classes: int = 1000
    ratio: float = 16
    se_stages: tuple[int, ...] = (2, 3, 4, 5)
    se_bias: bool = False
    stride_in: Literal["1x1", "3x3"] = "3x3"
    stem_pool: Literal["padded", "ceil"] = "padded"
    size: int | None = 224
    zero_last_gamma: bool = False

    def __post_init__(self):
        if self.depth not in LAYOUTS:
            raise ValueError(f"No SE-ResNet-{self.depth}; there are {sorted(LAYOUTS)}.")
        if not set(self.se_stages) <= {2, 3, 4, 5}:
            raise ValueError(f"Stages are 2 to 5, not {self.se_stages}.")
        if self.stride_in not in ("1x1", "3x3") or self.stem_pool not in ("padded", "ceil"):
            raise ValueError(f"Unknown variant {self.stride_in!r}, {self.stem_pool!r}.")
        if self.classes < 1 or self.width <= 0:
            raise ValueError("An SE-ResNet needs a class and a width above 0.")

    def flexible(self) -> SEResNet:
        """The same network for pictures of any size."""
        return replace(self, size=None)

    @property
    def name(self) -> str:
        return f"{'se_' if self.se_stages else ''}resnet_{self.depth}"

    def channels(self, stage: int) -> int:
        """Channels of the 3x3 convolutions of a stage: 64, 128, 256, 512 at width 1."""
        return round(64 * 2 ** (stage - 2) * self.width)

    @property
    def counts(self) -> tuple[int, ...]:
        """Residual blocks of stages 2 to 5."""
        return LAYOUTS[self.depth][1]

    @property
    def expansion(self) -> int:
        """Channels of a residual block's output over those of its 3x3 convolution."""
        return EXPANSION[LAYOUTS[self.depth][0]]
