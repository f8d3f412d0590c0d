"""Which SE-ResNets there are, as plain facts: building one is `se_resnet.build`.

He et al., "Deep Residual Learning", arXiv 1512.03385, table 1; Xie et al., "Aggregated Residual
Transformations", arXiv 1611.05431 (ResNeXt); He et al., "Bag of Tricks", arXiv 1812.01187, figure 2
(deep stem, average pool in the shortcut); Hu et al., arXiv 1709.01507, appendix (SENet-154).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

LAYOUTS = {
    18: ("basic", (2, 2, 2, 2)),
    26: ("bottleneck", (2, 2, 2, 2)),
    34: ("basic", (3, 4, 6, 3)),
    50: ("bottleneck", (3, 4, 6, 3)),
    101: ("bottleneck", (3, 4, 23, 3)),
    152: ("bottleneck", (3, 8, 36, 3)),
}
EXPANSION = {"basic": 1, "bottleneck": 4}
PLACES = ("standard", "pre", "post", "identity", "3x3")
SQUEEZES = ("average", "max", "none")
EXCITATIONS = ("constant", "direct", "diagonal", "bottleneck", "full")
GATES = ("sigmoid", "tanh", "relu", "softmax")
USUAL_RATIO = 16
STEM = 3
"""Convolutions of a deep stem."""
SMALLEST_POOLED = 3
"""Pixels of the smallest picture that a stem's pool without padding takes."""


BY_LAYERS = ("bottleneck", "full")
"""Excitations of dense layers."""


class Blocks(Protocol):
    """How a network makes its SE blocks: see `SEResNet`."""

    @property
    def se_bias(self) -> bool: ...
    @property
    def squeeze(self) -> str: ...
    @property
    def excitation(self) -> str: ...
    @property
    def gate(self) -> str: ...
    def ratio_of(self, part: int) -> float:
        """The reduction ratio in a stage, or other part of the network."""


def refuse_blocks(config: Blocks) -> None:
    """What every network with SE blocks asks of their options.

    Raises:
        ValueError: a sentence that says what is unknown, or does not go together.
    """
    known = {"squeeze": SQUEEZES, "excitation": EXCITATIONS, "gate": GATES}
    for name, values in known.items():
        refuse_unknown(name, getattr(config, name), values)
    if config.excitation in BY_LAYERS:
        return
    if config.squeeze == "none":
        raise ValueError(
            "Without a squeeze gates are made by dense layers (bottleneck, full), not by "
            f"{config.excitation!r}."
        )
    if config.se_bias:
        raise ValueError(f"There is no dense layer to have biases with {config.excitation!r}.")


def refuse_unknown(name: str, value: str, known: Sequence[str]) -> None:
    """Raises ValueError, which lists what is known."""
    if value not in known:
        raise ValueError(f"There is no {name} {value!r}: {', '.join(known)}.")


def bottleneck_width(channels: int, ratio: float) -> int:
    """Width of the bottleneck, C / r (section 3.2).

    Raises:
        ValueError: where `ratio` is not a positive divisor of `channels`.
    """
    if channels < 1:
        raise ValueError(f"An SE block needs at least one channel, not {channels}.")
    if not ratio > 0:
        raise ValueError(f"The reduction ratio must be above 0, not {ratio:g}.")
    width = channels / ratio
    if width < 1:
        raise ValueError(f"Ratio {ratio:g} leaves {channels} channels a bottleneck width under 1.")
    if width != int(width):
        raise ValueError(f"Ratio {ratio:g} does not divide {channels} channels.")
    return int(width)


@dataclass(frozen=True)
class SEResNet:
    """Which SE-ResNet to build.

    Attributes:
        depth: 18, 26, 34, 50, 101 or 152.
        width: factor on every stage's channels; 1 is the paper's.
        classes: number of logits K.
        ratio: reduction ratio r of every SE block, or four: of those of stages 2 to 5. Four that
            come to one are one, and a stage without SE has the usual one.
        se_stages: the stages (2 to 5) whose blocks have SE, in order; empty for a plain ResNet.
        se_bias: biases in the SE blocks' dense layers.
        stride_in: which convolution of a bottleneck halves the resolution.
        stem_pool: max-pool padded by 1 on each side, or rounding up without padding.
        size: height and width of the input in pixels, None for any.
        zero_last_gamma: start every residual branch at zero (a training aid).
        stem: channels of three 3x3 convolutions in place of the 7x7 one.
        shortcut: how a shortcut halves the resolution: by a strided 1x1 or 3x3 convolution, or by
            an average pool before a 1x1 convolution.
        groups, base_width: groups of a bottleneck's 3x3 convolution, and channels of each of them
            in stage 2; ResNeXt 32x4d has 32 and 4.
        half_entry: the first convolution of a bottleneck has half the channels of the second.
        relu_before_se: a residual branch ends in a ReLU, before its SE block.
        place: where the SE block stands (arXiv 1709.01507, figure 5): at the end of the branch
            ("standard"), before its convolutions ("pre"), after the sum's ReLU ("post"), on the
            shortcut after its projection ("identity"), or after the ReLU of the 3x3 convolution.
        squeeze: the mean over positions, their maximum, or none (section 6.2): without one, each
            position has gates of its own.
        excitation: what makes the gate of the squeeze: a learned constant for each channel, which
            looks at nothing; nothing ("direct"); a weight for each channel ("diagonal"); the SE
            block's two layers ("bottleneck"); one layer ("full").
        gate: the last activation (section 6.3).
    """

    depth: int = 50
    width: float = 1.0
    classes: int = 1000
    ratio: float | tuple[float, ...] = USUAL_RATIO
    se_stages: tuple[int, ...] = (2, 3, 4, 5)
    se_bias: bool = False
    stride_in: Literal["1x1", "3x3"] = "3x3"
    stem_pool: Literal["padded", "ceil"] = "padded"
    size: int | None = 224
    zero_last_gamma: bool = False
    stem: tuple[int, int, int] | None = None
    shortcut: Literal["1x1", "3x3", "average"] = "1x1"
    groups: int = 1
    base_width: int = 64
    half_entry: bool = False
    relu_before_se: bool = False
    place: Literal["standard", "pre", "post", "identity", "3x3"] = "standard"
    squeeze: Literal["average", "max", "none"] = "average"
    excitation: Literal["constant", "direct", "diagonal", "bottleneck", "full"] = "bottleneck"
    gate: Literal["sigmoid", "tanh", "relu", "softmax"] = "sigmoid"

    def __post_init__(self):
        if self.depth not in LAYOUTS:
            raise ValueError(f"No SE-ResNet-{self.depth}; there are {sorted(LAYOUTS)}.")
        if not set(self.se_stages) <= {2, 3, 4, 5}:
            raise ValueError(f"Stages are 2 to 5, not {self.se_stages}.")
        if self.stride_in not in ("1x1", "3x3") or self.stem_pool not in ("padded", "ceil"):
            raise ValueError(f"Unknown variant {self.stride_in!r}, {self.stem_pool!r}.")
        if self.shortcut not in ("1x1", "3x3", "average"):
            raise ValueError(f"Unknown shortcut {self.shortcut!r}.")
        plain = (self.groups, self.base_width, self.half_entry) == (1, 64, False)
        if self.expansion == 1 and not plain:
            raise ValueError(f"SE-ResNet-{self.depth} has no bottlenecks that could have groups.")
        if self.place == "3x3" and self.expansion == 1:
            raise ValueError(f"SE-ResNet-{self.depth} has no bottlenecks with one 3x3 convolution.")
        refuse_unknown("place", self.place, PLACES)
        refuse_blocks(self)
        self._refuse_ratios()
        if self.groups < 1 or self.base_width < 1:
            raise ValueError("Convolutions need a group and a base width of at least 1.")
        if self.classes < 1 or self.width <= 0:
            raise ValueError("An SE-ResNet needs a class and a width above 0.")
        self._refuse_sizes()
        object.__setattr__(self, "se_stages", tuple(sorted(set(self.se_stages))))
        object.__setattr__(self, "ratio", self._plainest_ratio())

    def _refuse_sizes(self) -> None:
        if self.stem is not None and len(self.stem) != STEM:
            raise ValueError(
                f"A stem has the channels of {STEM} convolutions, not {len(self.stem)}."
            )
        if self.stem_pool == "ceil" and self.size is not None and self.size < SMALLEST_POOLED:
            raise ValueError(f"stem_pool 'ceil' needs pictures of at least {SMALLEST_POOLED} px.")
        for stage in (2, 3, 4, 5):
            if min(self.channels(stage), self.entry(stage)) < 1:
                raise ValueError(f"Width {self.width:g} leaves stage {stage} without channels.")
            if self.entry(stage) % self.groups:
                raise ValueError(
                    f"{self.groups} groups do not divide the {self.entry(stage)} channels of stage "
                    f"{stage}."
                )

    def _plainest_ratio(self) -> float | tuple[float, ...]:
        """One r where all stages with SE have the same."""
        if not isinstance(self.ratio, tuple):
            return self.ratio
        used = {stage: self.ratio[stage - 2] for stage in self.se_stages}
        if len(set(used.values())) > 1:
            return tuple(used.get(stage, USUAL_RATIO) for stage in (2, 3, 4, 5))
        return next(iter(used.values()), USUAL_RATIO)

    def _refuse_ratios(self) -> None:
        if not isinstance(self.ratio, tuple):
            return
        if len(self.ratio) != 4:
            raise ValueError(f"r is one number, or four for stages 2 to 5, not {len(self.ratio)}.")
        if self.excitation != "bottleneck":
            raise ValueError(f"There is no bottleneck to have an r with {self.excitation!r}.")

    def ratio_of(self, part: int) -> float:
        """The reduction ratio r in a stage, 2 to 5."""
        return self.ratio[part - 2] if isinstance(self.ratio, tuple) else self.ratio

    def flexible(self) -> SEResNet:
        """The same network for pictures of any size."""
        return replace(self, size=None)

    @property
    def name(self) -> str:
        kind = "resnext" if self.groups > 1 else "resnet"
        return f"{'se_' if self.se_stages else ''}{kind}_{self.depth}"

    def channels(self, stage: int) -> int:
        """Channels of a stage's output before `expansion`: 64, 128, 256, 512 at width 1."""
        return round(64 * 2 ** (stage - 2) * self.width)

    def inner(self, stage: int) -> int:
        """Channels of the 3x3 convolutions of a stage; those of `channels` without groups."""
        return self.channels(stage) * self.base_width // 64 * self.groups

    def entry(self, stage: int) -> int:
        """Channels of the first convolution of a residual block."""
        return self.inner(stage) // (2 if self.half_entry else 1)

    @property
    def stem_channels(self) -> int:
        """Channels that enter stage 2."""
        return self.stem[-1] if self.stem else self.channels(2)

    @property
    def counts(self) -> tuple[int, ...]:
        """Residual blocks of stages 2 to 5."""
        return LAYOUTS[self.depth][1]

    @property
    def expansion(self) -> int:
        """Channels of a residual block's output over those of `channels`."""
        return EXPANSION[LAYOUTS[self.depth][0]]
