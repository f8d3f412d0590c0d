"""Weights that still look as they were drawn.

A matrix looks so where the standard deviation of its n numbers is that of a known initialisation,
within three standard errors, 3 / sqrt(2 n) of it (of normal numbers; uniform and truncated ones err
less), and where no direction stands out: its largest singular value is at most 1.1 times
s (sqrt(rows) + sqrt(columns)), which is what independent numbers of standard deviation s come to in
large matrices (Bai and Yin, Annals of Probability 21, 1993). The spread alone tells too little:
trained matrices come near one of several by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from se_viz.analysis.health.base import Answer, Check, Evidence, untold
from se_viz.probe.operations import nodes

ERRORS = 3
FEWEST = 450
"""Numbers in a matrix: with fewer, three standard errors are more than a tenth."""
DIRECTION = 1.1
TOO_FEW = (
    f"Whether weights have left their initialisation takes {FEWEST} numbers or more in each matrix."
)
NO_SPREAD = (
    "Numbers that are all alike, or not finite, have no spread to compare with an initialisation's."
)
SPREADS: dict[str, Callable[[int, int], float]] = {
    "He's": lambda taken, given: (2 / taken) ** 0.5,
    "He's by outputs": lambda taken, given: (2 / given) ** 0.5,
    "Glorot's": lambda taken, given: (2 / (taken + given)) ** 0.5,
    "LeCun's": lambda taken, given: (1 / taken) ** 0.5,
    "PyTorch's usual": lambda taken, given: (1 / (3 * taken)) ** 0.5,
}
"""Standard deviation that an initialisation gives a matrix, by the numbers it takes and gives.

He et al., arXiv 1502.01852; Glorot and Bengio, AISTATS 2010; LeCun et al., "Efficient BackProp",
1998; and the default of PyTorch's linear layers.
"""


def ask(evidence: Evidence) -> Answer:
    """How far the direction that stands out most does so; found where none does and the spreads
    are those of one initialisation."""
    layers = [node for node in evidence.site.path if nodes.is_dense(node)]
    matrices = [nodes.matrix(node)[0] for node in layers]
    if min((matrix.size for matrix in matrices), default=0) < FEWEST:
        return untold(TOO_FEW)
    if not all(0 < matrix.std() < np.inf for matrix in matrices):
        return untold(NO_SPREAD)
    number = max(map(direction, matrices))
    name = initialisation(matrices)
    detail = f"spread {_listed(matrices, name or next(iter(SPREADS)))}"
    return Answer(number, name is not None and number <= DIRECTION, detail)


def direction(matrix: np.ndarray) -> float:
    """The largest singular value over that of independent numbers of the same spread."""
    rows, columns = matrix.shape
    square = matrix.T @ matrix if columns < rows else matrix @ matrix.T
    largest = np.sqrt(np.linalg.eigvalsh(square)[-1])
    return float(largest / (matrix.std() * (np.sqrt(rows) + np.sqrt(columns))))


def initialisation(matrices: Sequence[np.ndarray]) -> str | None:
    """The one whose spread all matrices have; None where there is none."""
    return next((name for name in SPREADS if all(_fits(m, name) for m in matrices)), None)


def _fits(matrix: np.ndarray, name: str) -> bool:
    return abs(_ratio(matrix, name) - 1) <= ERRORS / np.sqrt(2 * matrix.size)


def _ratio(matrix: np.ndarray, name: str) -> float:
    return float(matrix.std() / SPREADS[name](*matrix.shape))


def _listed(matrices: Sequence[np.ndarray], name: str) -> str:
    ratios = " and ".join(f"{_ratio(matrix, name):.3g}" for matrix in matrices)
    tolerance = max(ERRORS / np.sqrt(2 * matrix.size) for matrix in matrices)
    return f"{ratios} times {name} (tolerance {100 * tolerance:.1g}%)"


INITIAL_WEIGHTS = Check(
    slug="initial-weights",
    title="weights look as they were drawn",
    measure="largest singular value of a weight matrix over that of independent numbers of its "
    "spread",
    threshold=f"at most {DIRECTION:g} in each matrix, with the spread of one initialisation",
    because="Independent numbers give 1, and in matrices of this size a few hundredths more; "
    "trained matrices have directions that stand out. The spread counts as an initialisation's "
    f"within {ERRORS} of its standard errors, 1 / sqrt(2 n) for n numbers.",
    meaning="The block was not trained: it was frozen, left out of the optimizer, or the weights "
    "of another layout were loaded around it.",
    ask=ask,
)
