"""The layout of a network as a person's words, and back."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any, TypeVar

from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures.labels.names import clean

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
LARGEST = 1_000_000  # for every number of a layout
Layout = TypeVar("Layout", bound=SEResNet | SEInception)
LISTS: dict[str, type] = {"ratio": float, "se_stages": int, "stem": int}
"""What may be several numbers, joined by "-"."""
ALWAYS_LISTS = ("se_stages", "stem")
FRACTIONS = ("width", "ratio")
"""What need not be a whole number."""
BUILDERS: dict[str, SEResNet | SEInception] = {
    "se_resnet": SEResNet(),
    "se_inception": SEInception(),
}
"""What stands before the colon, with what is usual."""
OF_SE = ("ratio", "se_bias", "place", "squeeze", "excitation", "gate")
"""What says how SE blocks are made."""


def is_made(name: str) -> bool:
    """Whether a name begins with one of `BUILDERS`, as in "se_resnet:depth=18"."""
    return kind_of(name) in BUILDERS


def kind_of(name: str) -> str:
    """What stands before the colon of a name."""
    return name.partition(":")[0].strip().lower()


def layout_of(text: str, base: Layout) -> Layout:
    """`base` with what a text such as "depth=50,width=0.5,ratio=4-8-16-16,se_stages=4-5" says.

    The names are those of the layout; several numbers are joined by "-", none is "none"; switches
    are "yes" or "no".

    Raises:
        ValueError: for an unknown name or value (it lists the known ones), or a name told twice.
    """
    known = {field.name: getattr(base, field.name) for field in fields(base)}
    values: dict[str, Any] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, value = (side.strip() for side in part.partition("="))
        if name not in known:
            listed = ", ".join(known)
            raise ValueError(f"A layout has no {clean(name, 40)!r}; it has {listed}.")
        if name in values:
            raise ValueError(f"A layout has one {name}, and this one says it twice.")
        values[name] = _value(name, value, known[name])
    return replace(base, **values)


def refuse_idle(layout: SEResNet | SEInception) -> None:
    """Raises ValueError where a layout says something that its network has no use for."""
    with_se = layout.se if isinstance(layout, SEInception) else layout.se_stages
    small = isinstance(layout, SEResNet) and layout.expansion == 1
    idle = {name: "without SE blocks" for name in OF_SE if not with_se}
    if layout.excitation != "bottleneck":
        idle.setdefault("ratio", f"with {layout.excitation!r}, which has no bottleneck")
    if small:
        idle["stride_in"] = "in a network without bottlenecks"
    usual = type(layout)()
    for name, where in idle.items():
        if getattr(layout, name, None) != getattr(usual, name, None):
            raise ValueError(f"The layout's {name} has no use {where}: leave it out.")


def text_of(layout: SEResNet | SEInception) -> str:
    """What `layout_of` makes the same layout of: all that is not usual."""
    usual = type(layout)()
    said = {field.name: getattr(layout, field.name) for field in fields(layout)}
    other = {name: value for name, value in said.items() if value != getattr(usual, name)}
    return ",".join(f"{name}={_said(value)}" for name, value in other.items())


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "-".join(map(_said, value)) or "none"
    if value is None:
        return "none"
    short = f"{value:g}" if isinstance(value, float) else str(value)
    return short if isinstance(value, str) or float(short) == value else repr(value)


def _value(name: str, text: str, usual: Any) -> Any:
    """The text as a value of the kind that is usual there."""
    try:
        if name in LISTS and ("-" in text or text == "none" or name in ALWAYS_LISTS):
            return _several(name, text)
        if name == "size" and text == "none":
            return None
        if isinstance(usual, bool):
            return YES_NO[text.lower()]
        if isinstance(usual, str):
            return clean(text, 40).lower()
        number = float(text) if name in FRACTIONS else int(text)
    except (ValueError, KeyError) as error:
        raise ValueError(f"The layout's {name} cannot be {clean(text, 40)!r}.") from error
    if not 0 < number <= LARGEST:
        raise ValueError(f"The layout's {name} cannot be {clean(text, 40)}.")
    return number


def _several(name: str, text: str) -> tuple[float, ...] | None:
    if text == "none":
        return None if name == "stem" else ()
    found = tuple(LISTS[name](part) for part in text.split("-"))
    if not all(math.isfinite(number) and 0 < number <= LARGEST for number in found):
        raise ValueError
    return found
