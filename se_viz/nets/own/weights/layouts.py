"""The layout of an SE-ResNet from a person's words."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures.labels.names import clean

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
LARGEST = 1_000_000  # for every number of a layout


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
