"""Steps that take one tensor and a constant, such as x * 0.5 or 1 - x."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from keras import tree

from se_viz.probe.frontends.keras.kinds import flat, kind_of
from se_viz.probe.graph import Step
from se_viz.probe.operations.formulas import NEVER, Formula


def monotone(*constants: np.ndarray) -> float:
    """Channels with constants of their own have no bounds in common."""
    return -math.inf if all(constant.size == 1 for constant in constants) else NEVER


ARITHMETIC = {
    **{"Add": ("+", np.add), "Subtract": ("-", np.subtract), "Multiply": ("*", np.multiply)},
    **{"Divide": ("/", np.divide), "TrueDivide": ("/", np.divide)},
    **{"Maximum": ("maximum", np.maximum), "Minimum": ("minimum", np.minimum)},
}


def formula_of(step: Step) -> Formula | None:
    """A step that takes one tensor and a constant, such as x * 0.5 or 1 - x."""
    sign, ufunc = ARITHMETIC.get(kind_of(step.operation), ("", None))
    first, second = constants(step)
    if ufunc is None or (first is None) == (second is None):
        return None
    if second is not None:
        return Formula(f"{sign} {_short(second)}", lambda x: ufunc(x, second), monotone(second))
    assert first is not None  # one of the two is there
    monotone_from = max(monotone(first), 0 if sign == "/" else -math.inf)
    return Formula(f"{_short(first)} {sign}", lambda x: ufunc(first, x), monotone_from)


def constants(step: Step) -> tuple[np.ndarray | None, np.ndarray | None]:
    """The constant before, or behind, the only tensor of a sum, product or the like."""
    if kind_of(step.operation) not in ARITHMETIC or len(step.inputs) != 1:
        return None, None
    terms: list[Any] = tree.flatten(step.arguments.fill_in({step.inputs[0][0]: _TENSOR}))
    if len(terms) != 2:
        return None, None
    first, second = (None if term is _TENSOR else flat(term) for term in terms)
    return first, second


def adds_nothing(step: Step) -> bool:
    """Multiplies its only tensor by ones, or adds zeros."""
    number = next((each for each in constants(step) if each is not None), None)
    neutral = {"Multiply": 1, "Add": 0}.get(kind_of(step.operation))
    return number is not None and neutral is not None and bool((number == neutral).all())


def factor_of(step: Step) -> float | None:
    """The number by which a step of one tensor multiplies, None for others."""
    if kind_of(step.operation) == "Rescaling":
        scale, offset = flat(step.operation.scale), flat(step.operation.offset)
        return float(scale[0]) if scale.size == 1 and not offset.any() else None
    first, second = constants(step)
    number = first if second is None else second
    if number is None or not number.size or np.ptp(number):
        return None
    if kind_of(step.operation) == "Multiply":
        return float(number[0])
    divides = kind_of(step.operation) in ("Divide", "TrueDivide") and second is not None
    return 1 / float(number[0]) if divides and number[0] else None


def _short(constant: np.ndarray) -> str:
    return f"{constant[0]:g}" if constant.size == 1 else f"{constant.size} constants"


_TENSOR: Any = object()
