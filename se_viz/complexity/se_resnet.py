"""What SE costs in a ResNet, in closed form.

Hu et al., arXiv 1709.01507, section 4 (equation 5). One multiply-add counts once, as in the paper.
Activations are counted as by Radosavovic et al., arXiv 2003.13678: what convolutions and dense
layers put out; and what squeeze and scaling do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet, bottleneck_width


@dataclass(frozen=True)
class Load:
    """Of some layers, for one picture: weights, batch-norm statistics not counted, multiply-adds
    and activations (numbers that are put out)."""

    weights: int
    operations: int
    activations: int

    def __add__(self, other: Load) -> Load:
        return Load(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


NOTHING = Load(0, 0, 0)


@dataclass(frozen=True)
class Cost:
    """Of one network; pools are not counted.

    Attributes:
        plain: without SE: convolutions, dense layers and what belongs to batch norms.
        parts: what SE adds in each part, a stage (2, 3, 4, 5) or one of `GRIDS`: both dense layers
            and the scaling, with the additions of the squeeze.
    """

    plain: Load
    parts: tuple[Load, ...]

    @property
    def weights(self) -> int:
        return self.plain.weights

    @property
    def operations(self) -> int:
        return self.plain.operations

    @property
    def added(self) -> tuple[int, ...]:
        """Weights that SE adds in each part."""
        return tuple(part.weights for part in self.parts)

    @property
    def se(self) -> Load:
        """All that SE adds."""
        return sum(self.parts, NOTHING)

    @property
    def added_operations(self) -> int:
        return self.se.operations

    @property
    def added_share(self) -> float:
        """Weights that SE adds, as a share of those without it."""
        return sum(self.added) / self.weights

    @property
    def added_operations_share(self) -> float:
        return self.added_operations / self.operations


def se_weights(channels: int, ratio: float, biases: bool = False) -> int:
    """Weights of one SE block: 2 C^2 / r, and C + C / r more with biases."""
    bottleneck = bottleneck_width(channels, ratio)
    return 2 * channels * bottleneck + (channels + bottleneck if biases else 0)


def excitation_weights(channels: int, config: SEResNet | SEInception, part: int) -> int:
    """Weights of one SE block in a part of the network, whichever way its gates are made."""
    if config.excitation == "bottleneck":
        return se_weights(channels, config.ratio_of(part), config.se_bias)
    full = channels * channels + (channels if config.se_bias else 0)
    return {"constant": channels, "direct": 0, "diagonal": channels, "full": full}[
        config.excitation
    ]


def se_load(channels: int, side: int, config: SEResNet | SEInception, part: int) -> Load:
    """Of one SE block in a part of the network, on maps of side x side positions: z, the bottleneck
    and s are put out by its layers, and X by the scaling. Without a squeeze, its layers are at work
    at every position."""
    weights, positions = excitation_weights(channels, config, part), side * side
    alone, constant = config.squeeze == "none", config.excitation == "constant"
    at = positions if alone else 1
    passes = 1 if alone or constant else 2
    hidden = 0
    if config.excitation == "bottleneck":
        hidden = bottleneck_width(channels, config.ratio_of(part))
    z = 0 if alone or constant else channels
    return Load(
        weights,
        at * weights + passes * positions * channels,
        z + at * (hidden + channels) + positions * channels,
    )


def added_weights(counts: Sequence[int], channels: Sequence[int], ratio: float) -> tuple[int, ...]:
    """(2 / r) N_s C_s^2 for each stage s (equation 5, where the stages are summed up)."""
    pairs = zip(counts, channels, strict=True)
    return tuple(number * se_weights(width, ratio) for number, width in pairs)


def resnet_cost(config: SEResNet, size: int = 224) -> Cost:
    """What an SE-ResNet and its SE blocks cost, for pictures of size x size pixels."""
    layers = [
        Load(k * k * a * b + 2 * b, k * k * a * b * side * side, b * side * side)
        for k, a, b, side in _layers(config, size)
    ]
    plain = sum(layers, last_layer(config.channels(5) * config.expansion, config.classes))
    return with_se(plain, list(resnet_blocks(config, size)), (2, 3, 4, 5), config)


def last_layer(features: int, classes: int) -> Load:
    """Of the dense layer that gives logits."""
    return Load((features + 1) * classes, features * classes, classes)


def with_se(
    plain: Load,
    blocks: Sequence[tuple[int, int, int]],
    parts: Sequence[int],
    config: SEResNet | SEInception,
) -> Cost:
    """The cost of a network, of what it has without SE and of its SE blocks.

    Args:
        plain: without SE.
        blocks: (part of the network, channels, height of its maps) of each.
        parts: all there are, in the order of `Cost.parts`.
        config: how gates are made.
    """
    each = [(part, se_load(channels, side, config, part)) for part, channels, side in blocks]
    return Cost(plain, tuple(sum((load for at, load in each if at == p), NOTHING) for p in parts))


def resnet_blocks(config: SEResNet, size: int) -> Iterator[tuple[int, int, int]]:
    """(stage, channels, height of its maps) of every SE block, in order of depth, wherever it
    stands (figure 5)."""
    before = config.stem_channels
    for stage, count in zip((2, 3, 4, 5), config.counts, strict=True):
        out, side = config.channels(stage) * config.expansion, side_of(stage, config, size)
        for index in range(count):
            entry = side_of(stage - 1, config, size) if stage > 2 and not index else side
            places = {"pre": (before, entry), "3x3": (config.inner(stage), side)}
            if stage in config.se_stages:
                yield stage, *places.get(config.place, (out, side))
            before = out


def side_of(stage: int, config: SEResNet, size: int) -> int:
    """Height of a stage's feature maps in pixels; stage 1 is the convolution of the stem."""
    half = -(-size // 2)
    if stage == 1:
        return half
    quarter = half // 2 if config.stem_pool == "ceil" else -(-half // 2)
    return -(-quarter // 2 ** (stage - 2))


def _layers(config: SEResNet, size: int):
    """(kernel, channels in of a group, channels out, height of the output) of every convolution."""
    yield from _stem(config, side_of(1, config, size))
    before = config.stem_channels
    for stage, count in zip((2, 3, 4, 5), config.counts, strict=True):
        for index in range(count):
            entry = (
                side_of(stage - 1, config, size)
                if stage > 2 and not index
                else side_of(stage, config, size)
            )
            yield from _block(config, stage, before, entry, size)
            before = config.channels(stage) * config.expansion


def _stem(config: SEResNet, side: int):
    """As `_layers`."""
    if config.stem is None:
        yield 7, 3, config.stem_channels, side
    else:
        for before, after in pairwise((3, *config.stem)):
            yield 3, before, after, side


def _block(config: SEResNet, stage: int, before: int, entry: int, size: int):
    """As `_layers`, of one residual block; `entry` is the height of what goes in."""
    first, inner, side = config.entry(stage), config.inner(stage), side_of(stage, config, size)
    out = config.channels(stage) * config.expansion
    if config.expansion == 1:
        yield 3, before, first, side
        yield 3, first, out, side
    else:
        yield 1, before, first, entry if config.stride_in == "3x3" else side
        yield 3, first // config.groups, inner, side
        yield 1, inner, out, side
    if entry != side or before != out:
        yield 3 if config.shortcut == "3x3" and stage > 2 else 1, before, out, side
