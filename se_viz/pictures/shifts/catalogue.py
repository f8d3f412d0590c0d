"""All kinds of shifts: a new one is one file and one line here."""

from __future__ import annotations

from se_viz.pictures.shifts import blur, colour, contrast, cover, exposure, jpeg, noise, resolution
from se_viz.pictures.shifts.base import Shift

KINDS: dict[str, Shift] = {
    module.SHIFT.name: module.SHIFT
    for module in (contrast, exposure, blur, noise, colour, jpeg, resolution, cover)
}
"""By name, those first that pages open with."""


def kind_of(name: str) -> Shift:
    """The kind of this name; ValueError where there is none, a sentence for people."""
    if name not in KINDS:
        raise ValueError(f"There is no shift {name!r}; there is {', '.join(KINDS)}.")
    return KINDS[name]
