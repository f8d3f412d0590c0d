"""What is known of the numbers of a tensor, and what becomes of that in sums and products."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

INF = math.inf


@dataclass(frozen=True)
class Range:
    """What is known of numbers, class by class.

    Attributes:
        low, high: between which they lie.
        least, most: between which the sum over the classes of a picture lies.
        form: "linear" as weights give them; "log" of numbers that make probabilities of one class
            of several; "bent" by a function of each number; "" where it is not known.
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


def total(a: Range, b: Range) -> Range:
    """Of a sum."""
    form = a.form if a.form == b.form else ""
    return Range(a.low + b.low, a.high + b.high, a.least + b.least, a.most + b.most, form, a.text)


def difference(a: Range, b: Range) -> Range:
    """Of a difference."""
    return Range(
        a.low - b.high, a.high - b.low, form="linear" if a.form == b.form == "linear" else ""
    )


def product(a: Range, b: Range) -> Range:
    """Of a product, of what lies above 0."""
    if min(a.low, b.low) < 0:
        return ANY
    most = min(_finite(a.most * b.high), _finite(b.most * a.high))
    least = max(a.least * b.low, b.least * a.low) if min(a.low, b.low) > 0 else 0
    return Range(a.low * b.low, _finite(a.high * b.high), least, most)


def extreme(a: Range, b: Range) -> Range:
    """Of the larger, or the smaller, of both."""
    return Range(min(a.low, b.low), max(a.high, b.high))


def _finite(number: float) -> float:
    return INF if math.isnan(number) else number


def hull(a: Range, b: Range) -> Range:
    """Of either."""
    form = a.form if a.form == b.form else ""
    return Range(
        min(a.low, b.low),
        max(a.high, b.high),
        min(a.least, b.least),
        max(a.most, b.most),
        form,
        a.text,
    )


def times(given: Range, factor: float) -> Range:
    """Of a positive multiple."""
    low, high = factor * given.low, factor * given.high
    return replace(given, low=low, high=high, least=factor * given.least, most=factor * given.most)


MERGES: dict[str, Callable[[Range, Range], Range]] = {
    **{"Add": total, "Average": total, "Subtract": difference, "Multiply": product},
    **{"Maximum": extreme, "Minimum": extreme},
}
"""What becomes of two tensors in an operation on both."""
