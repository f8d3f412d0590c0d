"""What elementwise operations compute, in NumPy, and between which bounds their results lie."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from se_viz.probe.graph import Array, numbers
from se_viz.probe.kinds import Function

Compute = Callable[[np.ndarray], np.ndarray]
NEVER = math.inf


@dataclass(frozen=True)
class Formula:
    """What happens to each number by itself.

    Attributes:
        text: its name for people.
        function: float64 -> float64, None where it is not known here.
        monotone_from: from this number upwards the function only rises or only falls.
    """

    text: str
    function: Compute | None = None
    monotone_from: float = -math.inf

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Its results for float64 numbers.

        Raises:
            ValueError: where the function is not known here.
        """
        if self.function is None:
            raise ValueError(f"applies {self.text}, which the self-check does not know")
        with np.errstate(all="ignore"):
            return self.function(x)

    def bounds(self, low: float, high: float) -> tuple[float, float]:
        """Between which two numbers its results lie if its arguments lie between low and high."""
        if self.function is None or low < self.monotone_from:
            return -math.inf, math.inf
        ends = self.apply(np.array([low, high]))
        if np.isnan(ends).any():  # as of 0 times infinity
            return -math.inf, math.inf
        return float(ends.min()), float(ends.max())


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def _softplus(x: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, x)


def _gelu(x: np.ndarray) -> np.ndarray:
    return x * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2))) / 2


def _gelu_by_tanh(x: np.ndarray) -> np.ndarray:
    return x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2


def _selu(x: np.ndarray) -> np.ndarray:
    """Klambauer et al., "Self-Normalizing Neural Networks", arXiv 1706.02515, section 2."""
    return 1.0507009873554805 * elu(1.6732632423543772).apply(x)


def relu(slope: float = 0.0, top: float | None = None, threshold: float = 0.0) -> Formula:
    """x from the threshold on, up to the top; slope * (x - threshold) below."""

    def function(x: np.ndarray) -> np.ndarray:
        above = np.where(x > threshold if threshold else x > 0, x, 0)
        above = above if top is None else np.minimum(above, top)
        return np.where(x < threshold, slope * (x - threshold), above) if slope else above

    name = ("leaky_relu" if slope else "relu") + ("" if top is None else f"{top:g}")
    return Formula(name, function, -math.inf if min(slope, threshold) >= 0 else NEVER)


def elu(alpha: float = 1.0) -> Formula:
    """x above 0, alpha * (exp(x) - 1) below."""

    def function(x: np.ndarray) -> np.ndarray:
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    return Formula("elu", function, -math.inf if alpha >= 0 else NEVER)


def celu(alpha: float = 1.0) -> Formula:
    """x above 0, alpha * (exp(x / alpha) - 1) below."""

    def function(x: np.ndarray) -> np.ndarray:
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha))

    return Formula("celu", function, -math.inf if alpha > 0 else NEVER)


def gelu(approximate: bool) -> Formula:
    """x times the normal distribution's share below x, or its approximation by tanh."""
    return Formula("gelu", _gelu_by_tanh if approximate else _gelu, 0)


def batch_norm(
    mean: Array, variance: Array, epsilon: float, scale: Array | None, offset: Array | None
) -> Formula:
    """To a mean of 0 and a variance of 1, by what was measured; then by scale and offset."""

    def function(x: np.ndarray) -> np.ndarray:
        x = (x - numbers(mean)) / np.sqrt(numbers(variance) + epsilon)
        x = x if scale is None else x * numbers(scale)
        return x if offset is None else x + numbers(offset)

    return Formula("batch norm", function, NEVER)


def rescaling(scale: Array, offset: Array) -> Formula:
    """x * scale + offset."""
    by, more = numbers(scale), numbers(offset)
    return Formula("rescaling", lambda x: x * by + more, monotone(by, more))


def prelu(alpha: Array) -> Formula:
    """x above 0, alpha * x below."""
    return Formula("prelu", lambda x: np.where(x > 0, x, numbers(alpha) * x), NEVER)


def clip(low: Array, high: Array) -> Formula:
    """x, or the nearer of two limits."""
    least, most = numbers(low), numbers(high)
    return Formula("clip", lambda x: np.clip(x, least, most), monotone(least, most))


def constant(value: Array) -> Formula:
    """A number for each channel, whatever comes in."""
    values = numbers(value)
    return Formula("a learned constant", lambda x: 0 * x + values, monotone(values))


def _softmax(x: np.ndarray) -> np.ndarray:
    """exp(x) over its sum along the last axis."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def monotone(*constants: np.ndarray) -> float:
    """Channels with constants of their own have no bounds in common."""
    return -math.inf if all(constant.size == 1 for constant in constants) else NEVER


LINEAR = Formula("linear", lambda x: x)

ACTIVATIONS: dict[str, Formula] = {
    formula.text: formula
    for formula in (
        LINEAR,
        relu(),
        relu(top=6),
        relu(slope=0.2),
        elu(),
        celu(),
        gelu(approximate=False),
        Formula("selu", _selu),
        Formula("sigmoid", sigmoid),
        Formula("hard_sigmoid", lambda x: np.clip(x / 6 + 0.5, 0, 1)),
        Formula("hard_tanh", lambda x: np.clip(x, -1, 1)),
        Formula("tanh", np.tanh),
        Formula("softplus", _softplus),
        Formula("log_sigmoid", lambda x: -_softplus(-x)),
        Formula("softsign", lambda x: x / (1 + np.abs(x)), NEVER),
        Formula("silu", lambda x: x * sigmoid(x), 0),
        Formula("hard_silu", lambda x: x * np.clip(x / 6 + 0.5, 0, 1), 0),
        Formula("mish", lambda x: x * np.tanh(_softplus(x)), 0),
        Formula("exponential", np.exp),
    )
}
"""Usual activation functions by their names, with their usual settings."""

SOFTMAX = Formula("softmax", _softmax, NEVER)
"""Of all numbers along the last axis, not of each by itself; many networks end in it."""
PLAIN = ACTIVATIONS | {
    "softmax": SOFTMAX,
    "negative": Formula("negative", np.negative),
    "reciprocal": Formula("reciprocal", np.reciprocal, 0),
}
MADE: dict[str, Callable[..., Formula]] = {
    **{"relu": relu, "elu": elu, "celu": celu, "gelu": gelu, "prelu": prelu},
    **{"batch_norm": batch_norm, "rescaling": rescaling, "clip": clip, "constant": constant},
}
"""By their names, those that have parameters."""


def formula(function: Function) -> Formula:
    """The formula of a function of a node."""
    if not function.known:
        return Formula(function.name)
    if function.parameters:
        return MADE[function.name](**function.parameters)
    return PLAIN[function.name]
