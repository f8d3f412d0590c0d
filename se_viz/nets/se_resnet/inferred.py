"""The layout of an SE-ResNet from the names and shapes of its weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from se_viz.nets.se_resnet.layout import BY_LAYERS, EXPANSION, LAYOUTS, SEResNet

Shapes = Mapping[str, tuple[int, ...]]


def infer(shapes: Shapes) -> SEResNet:
    """The layout that weights of our names have.

    Strides, pooling and the size of the pictures leave no trace in the weights, nor do the place of
    SE blocks, their squeeze and their last activation; they stay as `SEResNet` has them.

    Raises:
        ValueError: where these are no weights of an SE-ResNet of ours.
    """
    try:
        kind = "bottleneck" if "block_2_1_conv3/kernel" in shapes else "basic"
        width = shapes["block_2_1_conv1/kernel"][-1] / 64
        if kind == "bottleneck":
            width = shapes["block_2_1_conv3/kernel"][-1] / 64 / EXPANSION[kind]
        return SEResNet(
            depth=depth(kind, _matches(r"block_([2-5])_\d+_conv1/kernel", shapes)),
            width=width,
            classes=shapes["logits/kernel"][-1],
            stem=_stem(shapes),
            shortcut="3x3" if shapes.get("block_3_1_shortcut/kernel", (1,))[0] == 3 else "1x1",
            **_squeeze_excite(shapes),
            **(_groups(shapes, width) if kind == "bottleneck" else {}),
        )
    except (KeyError, IndexError, ZeroDivisionError) as error:
        raise ValueError(f"These are no weights of an SE-ResNet of SE-Viz: {error}.") from error


def depth(kind: str, stages: list[str]) -> int:
    """The depth of a ResNet from the stage, 2 to 5, of each of its residual blocks.

    Raises:
        ValueError: where no SE-ResNet has so many.
    """
    counts = tuple(stages.count(str(stage)) for stage in (2, 3, 4, 5))
    for known, layout in LAYOUTS.items():
        if layout == (kind, counts):
            return known
    raise ValueError(f"No SE-ResNet of SE-Viz has {counts} {kind} blocks.")


def _stem(shapes: Shapes) -> tuple[int, int, int] | None:
    if "stem_conv1/kernel" not in shapes:
        return None
    first, second, third = (shapes[f"stem_conv{number}/kernel"][-1] for number in (1, 2, 3))
    return first, second, third


def _groups(shapes: Shapes, width: float) -> dict[str, Any]:
    """How the 3x3 convolutions are grouped, from those of stage 2."""
    entry = shapes["block_2_1_conv1/kernel"][-1]
    _, _, taken, inner = shapes["block_2_1_conv2/kernel"]
    groups = entry // taken
    return {
        "groups": groups,
        "base_width": round(inner / width / groups),
        "half_entry": inner == 2 * entry,
    }


def _squeeze_excite(shapes: Shapes) -> dict[str, Any]:
    for excitation, end in ENDS.items():
        found = _matches(rf"(SE_[2-5]_\d+)_{end}", shapes)
        if found:
            stages = tuple(sorted({int(block.split("_")[1]) for block in found}))
            biases = f"{found[0]}_{end.replace('kernel', 'bias')}" in shapes
            more = {"se_bias": biases} if excitation in BY_LAYERS else {}
            ratios = _ratios(shapes, found) if excitation == "bottleneck" else {}
            return {"excitation": excitation, "se_stages": stages, **more, **ratios}
    return {"se_stages": ()}


ENDS = {
    "bottleneck": "reduce/kernel",
    "full": "full/kernel",
    "diagonal": "weight/kernel",
    "constant": "constant/bias",
}
"""A weight that each block has, by its excitation; "direct" has none."""


def _ratios(shapes: Shapes, blocks: list[str]) -> dict[str, Any]:
    """r, or that of each stage where they differ; of a stage without SE the usual one."""
    widths = {int(block.split("_")[1]): shapes[f"{block}_reduce/kernel"][-2:] for block in blocks}
    found = {stage: channels / width for stage, (channels, width) in widths.items()}
    if len(set(found.values())) == 1:
        return {"ratio": found.popitem()[1]}
    usual = SEResNet().ratio_of(2)
    return {"ratio": tuple(found.get(stage, usual) for stage in range(2, 6))}


def _matches(pattern: str, names: Iterable[str]) -> list[str]:
    """The first group of each name that has this form."""
    return [match[1] for name in names if (match := re.fullmatch(pattern, name))]
