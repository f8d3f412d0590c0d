"""Weights by a rule that both sides follow, so that no weights have to travel.

Each tensor comes from a generator of its own, seeded with its name in timm. The scales keep
activations near 1 (He et al., arXiv 1502.01852) and gates away from 0 and 1; batch norms have
statistics that matter.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

SEED = 20  # of the goldens
SAMPLED = 8  # gates per block that a golden keeps
CLOSED, OPEN = 1e-3, 1 - 1e-3  # outside of them a gate counts as saturated
WEAK, STRONG = 0.05, 20.0  # standard deviations of healthy activations


def tensor(name: str, shape: Sequence[int], seed: int = SEED) -> np.ndarray:
    """The tensor of that name, float32, in PyTorch's axes."""
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    if name.endswith("running_var"):
        return rng.uniform(0.5, 2.0, shape).astype(np.float32)
    if len(shape) == 1:  # batch norm's and biases
        scales = name.endswith("weight")
        return (rng.uniform(0.5, 1.0, shape) if scales else rng.normal(0, 0.2, shape)).astype("f4")
    fan_in = int(np.prod(shape[1:]))
    gain = 2.0 if len(shape) == 4 else 1.0
    return rng.standard_normal(shape, np.float32) * np.float32(np.sqrt(gain / fan_in))


def tensors(shapes: Mapping[str, Sequence[int]], seed: int = SEED) -> dict[str, np.ndarray]:
    return {name: tensor(name, shape, seed) for name, shape in shapes.items()}


def picture(size: int, seed: int = SEED) -> np.ndarray:
    """What a network is shown, as if normalised: float32 (1, size, size, 3)."""
    return np.random.default_rng([seed, size]).standard_normal((1, size, size, 3), np.float32)


def sampled(gates: np.ndarray) -> np.ndarray:
    """A few of a block's gates (C,), evenly spaced."""
    return gates[np.linspace(0, len(gates) - 1, SAMPLED).astype(int)]


def difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest difference, relative to the largest number."""
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


def require_health(gates: Sequence[np.ndarray], features: Sequence[np.ndarray]) -> None:
    """Raise where a block's gates are all saturated, or its output is faint or overflows."""
    for depth, (s, x) in enumerate(zip(gates, features, strict=True), 1):
        assert ((s > CLOSED) & (s < OPEN)).any(), f"block {depth} is saturated"
        assert s.std() > 0.01, f"the gates of block {depth} are all alike"
        assert WEAK < x.std() < STRONG, f"activations of block {depth} have std {x.std():.3g}"
