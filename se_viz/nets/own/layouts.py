"""The layout of an SE-ResNet, from a person's words or from the shapes of its weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from se_viz.nets.layout import LAYOUTS, SEResNet
from se_viz.pictures.names import clean

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
LARGEST = 1_000_000  # for every number of a layout
Shapes = Mapping[str, tuple[int, ...]]


def layout_of(text: str, base: SEResNet | None = None) -> SEResNet:
    """`base` with what a text such as "depth=50,width=0.5,classes=10,se_stages=4-5" says.

    The names are those of `SEResNet`; stages are joined by "-", none is "none"; switches are "yes"
    or "no".

    Raises:
        ValueError: for an unknown name or value; it lists the known ones.
    """
    base = base or SEResNet()
    known = {field.name: getattr(base, field.name) for field in fields(base)}
    values: dict[str, Any] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, value = (side.strip() for side in part.partition("="))
        if name not in known:
            listed = ", ".join(known)
            raise ValueError(f"A layout has no {clean(name, 40)!r}; it has {listed}.")
        values[name] = _value(name, value, known[name])
    return replace(base, **values)


def _value(name: str, text: str, usual: Any) -> Any:
    """The text as a value of the kind that is usual there."""
    try:
        if isinstance(usual, bool):
            return YES_NO[text.lower()]
        if isinstance(usual, tuple):
            return tuple(int(stage) for stage in text.split("-")) if text != "none" else ()
        if isinstance(usual, str):
            return text
        number = float(text) if isinstance(usual, float) or "." in text else int(text)
    except (ValueError, KeyError) as error:
        raise ValueError(f"The layout's {name} cannot be {clean(text, 40)!r}.") from error
    if not 0 < number <= LARGEST:
        raise ValueError(f"The layout's {name} cannot be {number}.")
    return number


def infer(shapes: Shapes) -> SEResNet:
    """The layout that weights of our names have: depth, width, classes, ratio, SE stages, biases.

    Strides, the stem's pooling and the size of the pictures leave no trace in the weights, and
    stay as `SEResNet` has them.

    Raises:
        ValueError: where these are no weights of an SE-ResNet of ours.
    """
    try:
        width = shapes["block_2_1_conv1/kernel"][-1] / 64
        classes = shapes["logits/kernel"][-1]
        return SEResNet(_depth(shapes), width, classes, **_se(shapes))
    except (KeyError, IndexError, ZeroDivisionError) as error:
        raise ValueError("These are no weights of an SE-ResNet of SE-Viz.") from error


def _depth(shapes: Shapes) -> int:
    kind = "bottleneck" if "block_2_1_conv3/kernel" in shapes else "basic"
    blocks = _matches(r"block_([2-5])_\d+_conv1/kernel", shapes)
    counts = tuple(blocks.count(str(stage)) for stage in (2, 3, 4, 5))
    for depth, layout in LAYOUTS.items():
        if layout[:2] == (kind, counts):
            return depth
    raise ValueError(f"No SE-ResNet of SE-Viz has {counts} {kind} blocks.")


def _se(shapes: Shapes) -> dict[str, Any]:
    found = _matches(r"(SE_[2-5]_\d+)_reduce/kernel", shapes)
    if not found:
        return {"se_stages": ()}
    channels, hidden = shapes[f"{found[0]}_reduce/kernel"]
    return {
        "ratio": channels / hidden,
        "se_stages": tuple(sorted({int(block.split("_")[1]) for block in found})),
        "se_bias": f"{found[0]}_reduce/bias" in shapes,
    }


def _matches(pattern: str, names: Iterable[str]) -> list[str]:
    """The first group of each name that has this form."""
    return [match[1] for name in names if (match := re.fullmatch(pattern, name))]
