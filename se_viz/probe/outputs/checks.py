"""What an output is, by what its structure tells of its numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from se_viz.nets.output import Known
from se_viz.probe.outputs.ranges import MIXED, Range

ROUNDING = 1e-6
ADDED_UP = 1e-3
"""By how much sums of rounded probabilities may miss 1."""


@dataclass(frozen=True)
class OutputFinding:
    """A kind of `KINDS`, by what it is known, and how, as the rest of a sentence."""

    kind: str
    known: Known
    why: str


def by_structure(found: Range, count: int) -> OutputFinding | None:
    """What the structure shows, None where it leaves that open."""
    seen = (check(found, count) for check in _CHECKS)
    return next((finding for finding in seen if finding is not None), None)


def _always_1(found: Range, count: int) -> OutputFinding | None:
    if count > 1 or not _is_inside(found) or found.least < 1 - ROUNDING:
        return None
    why = "a softmax over one class is 1 whatever the picture; it takes a sigmoid to tell two apart"
    return OutputFinding("scores", "structure", why)


def _shares(found: Range, count: int) -> OutputFinding | None:
    """Numbers whose sum over the classes is known."""
    whole = np.isfinite(found.most) and found.most - found.least < ADDED_UP
    sums = f"add up to {found.most:g}" if whole else "are parts of a whole"
    why = f"by its structure, those of a picture {sums}"
    if count > 1 and found.low >= -ROUNDING and abs(found.most - 1) < ADDED_UP:
        return OutputFinding("softmax", "structure", why)
    return OutputFinding("scores", "structure", why) if whole and not _is_inside(found) else None


def _mixed(found: Range, count: int) -> OutputFinding | None:
    """Numbers between 0 and 1 that are neither of one class of several nor each for itself."""
    if count == 1 or found.form != MIXED or not _is_inside(found):
        return None
    why = (
        "by its structure, each lies between 0 and 1, and they are neither those of one class of "
        "several nor of labels each for itself, as those of softmaxes side by side; so that is "
        "assumed"
    )
    return OutputFinding("scores", "assumed", why)


def _between(found: Range, count: int) -> OutputFinding | None:
    if not _is_inside(found) or found.low > ROUNDING or found.high < 1 - ROUNDING:
        return None
    which = "it lies" if count == 1 else "each lies"
    return OutputFinding("sigmoid", "structure", f"by its structure, {which} between 0 and 1")


def _logarithms(found: Range, count: int) -> OutputFinding | None:
    if found.form != "log" or count == 1:
        return None
    return OutputFinding(
        "logits", "structure", "by its structure, these are logarithms of probabilities"
    )


def _bent(found: Range, count: int) -> OutputFinding | None:
    if found.form != "bent":
        return None
    bounds = f"by its structure, they lie between {found.low:g} and {found.high:g}"
    ends = f"its structure ends in {found.text}"
    return OutputFinding("scores", "structure", bounds if is_bounded(found) else ends)


def _is_inside(found: Range) -> bool:
    return found.low >= -ROUNDING and found.high <= 1 + ROUNDING


def is_bounded(found: Range) -> bool:
    """Whether it is known between which numbers they lie."""
    return bool(np.isfinite([found.low, found.high]).all())


_CHECKS = (_always_1, _shares, _mixed, _between, _logarithms, _bent)
