"""The layout of an SE-ResNet from the names and shapes of its weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from se_viz.nets.se_resnet.layout import EXPANSION, LAYOUTS, SEResNet

Shapes = Mapping[str, tuple[int, ...]]


def infer(shapes: Shapes) -> SEResNet:
    """The layout that weights of our names have.

    Strides, pooling and the size of the pictures leave no trace in the weights, and stay as
    `SEResNet` has them.

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
    found = _matches(r"(SE_[2-5]_\d+)_reduce/kernel", shapes)
    if not found:
        return {"se_stages": ()}
    channels, bottleneck = shapes[f"{found[0]}_reduce/kernel"]
    return {
        "ratio": channels / bottleneck,
        "se_stages": tuple(sorted({int(block.split("_")[1]) for block in found})),
        "se_bias": f"{found[0]}_reduce/bias" in shapes,
    }


def _matches(pattern: str, names: Iterable[str]) -> list[str]:
    """The first group of each name that has this form."""
    return [match[1] for name in names if (match := re.fullmatch(pattern, name))]
