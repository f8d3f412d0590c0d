"""Which numbers are black and which are white, where a file with more than 8 bits does not say it.

A picture's numbers tell how far they go, and the smallest usual range that holds them is taken: 0
to 255, 511, ..., 65535 and on, as far as so many bits count, or to 1 for fractions. Words of 16
bits come from cameras of 8, 10, 12, 14 or 16 bits, and have their ranges. What would be black in 0
to 255 has 0 to 31, 15, 7, 3 or 1, and small fractions have smaller ones.

Nothing small decides: one number in a thousand at either end does not count (a hot pixel), and what
goes beyond a range by an eighth in one number of twenty at most, or by a hundredth, is drawn as its
end, as resizing overshoots so far. Numbers well below 0 are stretched from the lowest to the
highest. Fractions of which nearly all lie within 0 to 1 have lamps beyond, which are drawn white.

One range holds for all pictures of a kind of numbers that were handed in together, so that the same
number is the same grey in each: the one that holds them all. Only pictures that would be black in
it, their lightest grey no more than 1 of 255, have one of their own, which holds those alike.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from se_viz.pictures.ways import way

WORD, WHOLE, REAL = "words of 16 bits", "whole numbers", "fractions"
"""Kinds of numbers in files: unsigned of 16 bits, other integers, and floating point."""
DEPTHS = (10, 12, 14, 16)  # bits of cameras whose numbers are kept in words of 16
AS_CHOSEN, AS_TOLD = "as chosen", "as its file says"
AS_FOUND = f"which holds the numbers of such pictures here; {way('range')} sets another"
APART = "as it would be black in the range of the others here"
"""Why a range was taken."""
STRAY, BULK = 0.001, 0.95  # shares of a picture's numbers
OVERSHOOT, SLACK = 0.125, 0.01  # of a range, for few numbers, and for any
LEAST = 2.0**-20  # numbers that are smaller than this are 0 for all that can be seen
SMALL, BYTE = 31, 255
BLACK = 1.5  # greys of 255 that a picture has to span so that it is not black
SAMPLE = 1_000_000  # numbers of a picture that are looked at
_FORM = re.compile(r"([-+]?[\d.]+(?:e[-+]?\d+)?)\.\.([-+]?[\d.]+(?:e[-+]?\d+)?)", re.IGNORECASE)


@dataclass(frozen=True)
class GreyRange:
    """The number that is drawn black, and the one that is drawn white."""

    low: float
    high: float

    def __str__(self) -> str:
        """As it is said on the command line: `0..4095`."""
        return f"{self.low:.9g}..{self.high:.9g}"

    def words(self) -> str:
        """For people: `0 is black and 4,095 white`."""
        low, high = (f"{number:,.7g}" for number in (self.low, self.high))
        return f"{low} is black and {high} white"

    @property
    def span(self) -> float:
        return self.high - self.low


def parse(text: str) -> GreyRange:
    """The range that a person wrote, as `0..4095`; raises ValueError with a sentence."""
    found = _FORM.fullmatch(text.replace(" ", ""))
    try:
        made = GreyRange(*map(float, found.groups())) if found else None
    except ValueError:
        made = None
    if made is None or not (math.isfinite(made.span) and made.span > 0):
        raise ValueError(
            f"A range is the number that is black and the one that is white, as in 0..4095, "
            f"not {text!r}."
        )
    return made


@dataclass(frozen=True)
class Taken:
    """The range that a picture was drawn in, and why it was this one."""

    range: GreyRange
    why: str

    def words(self) -> str:
        """One sentence for people."""
        return f"it has more than 8 bits a channel; {self.range.words()}, {self.why}."


@dataclass(frozen=True)
class Extent:
    """How far the numbers of a picture go: the lowest, what 95% do not exceed, and the highest,
    but for strays. kind: WORD, WHOLE or REAL."""

    low: float
    bulk: float
    high: float
    kind: str = WHOLE

    @property
    def span(self) -> float:
        """From the lowest or 0 to the highest."""
        return self.high - min(self.low, 0.0 if self.high > 0 else self.low)


def extent_of(values: np.ndarray) -> Extent | None:
    """How far numbers go, in a sample of them; None where none is finite."""
    flat = values.reshape(-1)
    sample = flat[:: max(1, flat.size // SAMPLE) | 1].astype(np.float64)
    sample = np.sort(sample[np.isfinite(sample)])
    if not sample.size:
        return None
    kind = REAL if values.dtype.kind == "f" else WORD if values.dtype == np.uint16 else WHOLE
    low, high = sample[math.floor(STRAY * sample.size)], _below(sample, 1 - STRAY)
    found = Extent(float(low), _below(sample, BULK), high, kind)
    return Extent(found.low, min(found.bulk, 1.0), 1.0, REAL) if _lit(sample, found) else found


def natural(extent: Extent) -> GreyRange:
    """The range that one picture's numbers tell."""
    if extent.high == extent.low and extent.high > 1:
        return GreyRange(0.0, max(BYTE, _rung(extent.high, extent.kind)))
    top = max(extent.high / (1 + OVERSHOOT), extent.bulk / (1 + SLACK), 0.0)
    high = _rung(top, extent.kind)
    if extent.high <= 0 > extent.low or extent.low < -OVERSHOOT * high:
        return GreyRange(extent.low, extent.high)
    return GreyRange(0.0, high)


def in_common(extents: Iterable[Extent]) -> tuple[GreyRange, ...]:
    """The ranges of pictures that belong together, widest first: one, but for those it blackens."""
    left, found = list(extents), []
    while left:
        ranges = [natural(extent) for extent in left]
        widest = max(ranges, key=lambda one: one.span)
        held = [r for r, e in zip(ranges, left, strict=True) if not blackens(widest, e)] or [widest]
        found.append(GreyRange(min(r.low for r in held), max(r.high for r in held)))
        left = [extent for extent in left if blackens(widest, extent)]
    return tuple(found)


def blackens(taken: GreyRange, extent: Extent) -> bool:
    """Whether nothing of a picture can be seen in a range, although a narrower one shows it."""
    greys = extent.span / max(taken.span, LEAST) * 255
    plain = extent.low == extent.high
    return greys < BLACK and not plain and natural(extent).span < taken.span


def pick(ranges: Sequence[GreyRange], extent: Extent | None) -> Taken:
    """Of the ranges of pictures that belong together, widest first, the one for this picture."""
    if extent is None:
        return Taken(ranges[0] if ranges else GreyRange(0.0, 1.0), AS_FOUND)
    fit = (taken for taken in ranges if not blackens(taken, extent))
    taken = next(fit, ranges[-1] if ranges else natural(extent))
    return Taken(taken, AS_FOUND if taken in ranges[:1] or not ranges else APART)


def _below(sample: np.ndarray, share: float) -> float:
    """What that share of sorted numbers does not exceed."""
    return float(sample[math.ceil(share * sample.size) - 1])


def _lit(sample: np.ndarray, found: Extent) -> bool:
    """Whether fractions are those of light: nearly all within 0 to 1, and lamps beyond."""
    most = 1 + OVERSHOOT
    if found.kind != REAL or not most < found.high <= BYTE * most or found.low < -OVERSHOOT:
        return False
    bright = sample[sample > 0]
    return _below(bright, BULK) <= most and bool((bright % 1).any())


def _rung(top: float, kind: str) -> float:
    """The upper end of the smallest usual range that holds a number above 0."""
    if 1 / (SMALL + 1) < top <= 1 or top < LEAST:
        return 1.0
    if top < 1:
        return 2.0 ** math.ceil(math.log2(top))
    if SMALL < top <= BYTE:
        return float(BYTE)
    bits = math.ceil(math.log2(top + 1))
    if kind == WORD and top > BYTE:
        bits = next(depth for depth in DEPTHS if depth >= bits)
    return 2.0**bits - 1
