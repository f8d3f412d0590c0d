"""What SE costs in a ResNet, in closed form.

Hu et al., arXiv 1709.01507, section 4 (equation 5). One multiply-add counts once, as in the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet, bottleneck_width


@dataclass(frozen=True)
class Cost:
    """Of one SE-ResNet; the average pools of shortcuts are not counted.

    Attributes:
        weights: of the ResNet without SE, batch-norm statistics not counted.
        added: weights that SE adds in each stage (2, 3, 4, 5).
        operations: multiply-adds of convolutions and dense layers without SE, for one picture.
        added_operations: multiply-adds that SE adds: both dense layers and the scaling, with the
            additions of the squeeze.
    """

    weights: int
    added: tuple[int, ...]
    operations: int
    added_operations: int

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


def added_weights(counts: Sequence[int], channels: Sequence[int], ratio: float) -> tuple[int, ...]:
    """(2 / r) N_s C_s^2 for each stage s (equation 5, where the stages are summed up)."""
    pairs = zip(counts, channels, strict=True)
    return tuple(number * se_weights(width, ratio) for number, width in pairs)


def resnet_cost(config: SEResNet, size: int = 224) -> Cost:
    """What an SE-ResNet and its SE blocks cost, for pictures of size x size pixels."""
    layers = list(_layers(config, size))
    weights = sum(k * k * a * b + 2 * b for k, a, b, _ in layers)
    operations = sum(k * k * a * b * side * side for k, a, b, side in layers)
    features = config.channels(5) * config.expansion
    weights += (features + 1) * config.classes
    operations += features * config.classes
    blocks = list(_se_blocks(config, size))
    return with_se(weights, operations, blocks, (2, 3, 4, 5), config)


def with_se(
    weights: int,
    operations: int,
    blocks: Sequence[tuple[int, int, int]],
    parts: Sequence[int],
    config: SEResNet | SEInception,
) -> Cost:
    """The cost of a network, of what it has without SE and of its SE blocks.

    Args:
        weights, operations: without SE.
        blocks: (part of the network, channels, height of its maps) of each.
        parts: all there are; `added` is in this order.
        config: how gates are made.
    """
    each = [(part, excitation_weights(channels, config, part)) for part, channels, _ in blocks]
    added = tuple(sum(block for at, block in each if at == part) for part in parts)
    sides = [side * side for _, _, side in blocks]
    alone = config.squeeze == "none"
    made = sum(n * (side if alone else 1) for (_, n), side in zip(each, sides, strict=True))
    passes = 1 if alone or config.excitation == "constant" else 2
    pixels = sum(passes * side * side * channels for _, channels, side in blocks)
    return Cost(weights, added, operations, made + pixels)


def resnet_blocks(config: SEResNet) -> list[tuple[int, int]]:
    """(stage, channels) of every SE block, in order of depth, wherever it stands (figure 5)."""
    return [(stage, channels) for stage, channels, _ in _se_blocks(config, config.size or 224)]


def _se_blocks(config: SEResNet, size: int):
    """(stage, channels, height of its maps) of every SE block."""
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
