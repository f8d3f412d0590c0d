"""What is known of the numbers of a tensor, and what becomes of that in sums and products."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from se_viz.probe.kinds import Kind
from se_viz.probe.operations.merges import Merge
from se_viz.probe.operations.merges import times as times_of

INF = math.inf


@dataclass(frozen=True)
class Range:
    """What is known of numbers, class by class.

    Attributes:
        low, high: between which they lie.
        least, most: between which the sum over the classes of a picture lies.
        form: "linear" as weights give them; "log" of numbers that make probabilities of one class
            of several; "bent" by a function of each number; "mixed" where those of one class of
            several went in and are no more; "" where it is not known.
        text: of that function, for people.
    """

    low: float = -INF
    high: float = INF
    least: float = -INF
    most: float = INF
    form: str = ""
    text: str = ""


ANY, LINEAR = Range(), Range(form="linear")
SHARES = Range(0, 1, 1, 1)
MIXED = "mixed"


def mixed(made: Range, parts: Sequence[Range]) -> Range:
    """The same, marked where sums over the classes were known of parts and are not any more."""
    lost = made.most == INF and any(part.most < INF for part in parts)
    return replace(made, form=MIXED) if lost or any(p.form == MIXED for p in parts) else made


def merged(kind: Kind, merge: Merge, parts: Sequence[Range]) -> Range:
    """Of several tensors put together, number by number, by an operation of this kind."""
    low, high = merge.bounds([(part.low, part.high) for part in parts])
    rows = reduce(_ROWS.get(kind, _no_rows), parts)
    rows = times(rows, 1 / len(parts)) if merge.mean else rows
    forms = {part.form for part in parts}
    form = forms.pop() if len(forms) == 1 and forms <= _KEPT.get(kind, set()) else ""
    return mixed(replace(rows, low=low, high=high, form=form), parts)


def side_by_side(parts: Sequence[Range], widths: Sequence[int | None]) -> Range:
    """Of classes behind one another, so many of each part."""
    rows = reduce(_sums, parts)
    made = replace(reduce(hull, parts), least=rows.least, most=rows.most)
    several = [part for part, count in zip(parts, widths, strict=True) if count != 1]
    whole = len(parts) > 1 and any(part.most < INF for part in several)
    return replace(made, form=MIXED) if whole else mixed(made, several)


def hull(a: Range, b: Range) -> Range:
    """Of either."""
    form = a.form if a.form == b.form else ""
    low, high = min(a.low, b.low), max(a.high, b.high)
    return Range(low, high, min(a.least, b.least), max(a.most, b.most), form, a.text)


def times(given: Range, factor: float) -> Range:
    """Of a positive multiple."""
    low, high = factor * given.low, factor * given.high
    return replace(given, low=low, high=high, least=factor * given.least, most=factor * given.most)


def _sums(a: Range, b: Range) -> Range:
    return replace(a, least=a.least + b.least, most=a.most + b.most)


def _products(a: Range, b: Range) -> Range:
    """Of what lies above 0: sums are at most those of one times the highest of the other."""
    if min(a.low, b.low) < 0:
        return ANY
    low, high = times_of((a.low, a.high), (b.low, b.high))
    most = min(end for x, y in ((a, b), (b, a)) for end in times_of((0, x.most), (0, y.high))[1:])
    least = max(a.least * b.low, b.least * a.low) if min(a.low, b.low) > 0 else 0
    return Range(low, high, least, most)


def _no_rows(a: Range, b: Range) -> Range:
    return ANY


_BOTH = {"linear", "log"}
_KEPT = {Kind.ADD: _BOTH, Kind.AVERAGE: _BOTH, Kind.SUBTRACT: {"linear"}}
"""Forms that stay where all parts have them."""
_ROWS: dict[Kind, Callable[[Range, Range], Range]] = {
    **{Kind.ADD: _sums, Kind.AVERAGE: _sums, Kind.MULTIPLY: _products},
}
"""What becomes of the sums over the classes; of nothing else they are known."""
