"""How far apart classes lie in one block, which lie together, and at which depth two part.

The distance of two classes is the root mean square, over the channels of a block, of the difference
between their mean gates. Its unit is the gate, so it can stand beside a spread of gates and be
compared between blocks of different width: 0.1 means that a channel's gates typically differ by 0.1.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import Group, pair, rows_of, shown
from se_viz.analysis.profiles.variance import STILL, variance
from se_viz.profiles import Stats


def distances(means: np.ndarray) -> np.ndarray:
    """float64 (K, K), in gates: distances of K classes from their mean gates (K, C)."""
    centred = means - means.mean(0)
    products = centred @ centred.T / centred.shape[1]
    sizes = np.diag(products)
    squares = np.maximum(sizes[:, None] + sizes - 2 * products, 0)
    np.fill_diagonal(squares, 0)
    return np.sqrt((squares + squares.T) / 2)


def distance_matrix(group: Group, block: str, classes: Iterable[str] | None = None) -> pd.DataFrame:
    """Distances between a group's classes in a block, rows and columns in the profile's order.

    Args:
        group: whose classes; those without a picture are left out.
        block: name of the SE block.
        classes: which, None for every one.

    Returns:
        K x K, in gates, 0 on the diagonal; index and columns are the classes' names.
    """
    rows = rows_of(group.profile, classes)
    names = [shown(group.profile.classes[row]) for row in rows]
    if not rows:
        return pd.DataFrame()
    found = distances(group.profile.stats[block].mean[rows])
    return pd.DataFrame(found, index=names, columns=names)


@dataclass(frozen=True)
class Tree:
    """Classes joined step by step, nearest first (average linkage).

    Attributes:
        order: rows of the matrix as the leaves stand side by side, from 0.
        joints: for each step (left, right, left height, right height, height): the places of both
            branches along the leaves, the heights at which they were joined themselves (0 for a
            class), and the height of the step, the mean distance between their classes, in gates.
    """

    order: tuple[int, ...]
    joints: tuple[tuple[float, float, float, float, float], ...]


def tree(matrix: pd.DataFrame) -> Tree:
    """The tree of a `distance_matrix`: average linkage (Sokal and Michener, 1958), by SciPy."""
    if len(matrix) < 2:
        return Tree(tuple(range(len(matrix))), ())
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    steps = linkage(squareform(matrix.to_numpy(), checks=False), "average")
    order = leaves_list(steps)
    places = [float(place) for place in np.argsort(order)]
    heights = [0.0] * len(order)
    joints = []
    for one, other, height, _ in steps:
        left, right = sorted((int(one), int(other)), key=places.__getitem__)
        ends = places[left], places[right]
        joints.append((*ends, heights[left], heights[right], float(height)))
        places.append(sum(ends) / 2)
        heights.append(float(height))
    return Tree(tuple(map(int, order)), tuple(joints))


def nearest_and_furthest(matrix: pd.DataFrame) -> str | None:
    """A sentence with the two closest and the two most distant classes; None below three."""
    if len(matrix) < 3:
        return None
    values, (rows, columns) = matrix.to_numpy(), np.triu_indices(len(matrix), 1)
    pairs = values[rows, columns]
    near, far = (
        f"{matrix.index[rows[pair]]} and {matrix.index[columns[pair]]} ({pairs[pair]:.3f})"
        for pair in (pairs.argmin(), pairs.argmax())
    )
    return f"Most alike: {near}; furthest apart: {far}, in gates."


def parting_table(group: Group, a: str, b: str) -> pd.DataFrame:
    """Distance of two classes in every block, beside the spread within them.

    Args:
        group: that has both.
        a, b: two of its classes, each with a picture.

    Returns:
        Columns block, stage, depth (from 1), channels; distance (in gates); within (spread within
        the two classes: root mean square over channels and both classes of the standard deviation
        over pictures, n - 1), chance (distance that two sets of so many pictures of one class would
        have), usual (root mean square distance over all pairs of the group's classes), ratio
        (distance / within; infinite where they differ and nothing varies within). All but ratio in
        gates; within, chance and ratio are nan where one of the two has a single picture, ratio
        also where nothing varies at all.

    Raises:
        ValueError: for a class that the group lacks, or that has no picture, or one class twice.
    """
    rows, found = pair(group, a, b), []
    for depth, block in enumerate(group.profile.blocks, 1):
        facts = (block.name, block.stage, depth, block.channels)
        distance, within, chance = _apart(group.profile.stats[block.name], rows)
        usual, ratio = _usual(group, block.name), _ratio(distance, within)
        found.append((*facts, distance, within, chance, usual, ratio))
    names = ["block", "stage", "depth", "channels", "distance", "within", "chance", "usual"]
    return pd.DataFrame(found, columns=[*names, "ratio"])


def _apart(stats: Stats, rows: list[int]) -> tuple[float, float, float]:
    """Distance, spread within, and distance by chance, of two classes."""
    one, other = stats.mean[rows]
    distance = float(np.sqrt(((one - other) ** 2).mean()))
    count = stats.count[rows]
    if count.min() < 2:
        return distance, np.nan, np.nan
    variances = stats.m2[rows].mean(1) / (count - 1)
    return distance, float(variances.mean() ** 0.5), float((variances / count).sum() ** 0.5)


def _ratio(distance: float, within: float) -> float:
    if within**2 > STILL or np.isnan(within):
        return distance / within
    return np.inf if distance**2 > STILL else np.nan


def _usual(group: Group, block: str) -> float:
    """Over all pairs of K classes, squared distances are 2 K / (K - 1) Var(class means) on mean."""
    classes = len(rows_of(group.profile, None))
    return float((2 * classes / (classes - 1) * variance(group.profile, block).between) ** 0.5)


def _times(ratio: float) -> str:
    if np.isinf(ratio):
        return "where nothing varies within them"
    return f"{ratio:.1f} times the spread within them"


def parting(table: pd.DataFrame, a: str, b: str) -> str:
    """A sentence about a `parting_table`: where two classes part first, most, and if they stay so.

    They count as apart where their distance exceeds the spread within them (a ratio above 1): then
    a picture's gates tell which of the two it belongs to better than how it differs from its kind.
    """
    known = table.dropna(subset=["ratio"])
    if known.empty and table["within"].isna().any():
        return f"How much {a} or {b} vary within is unknown: it takes two pictures of each."
    if known.empty:
        return f"No gate tells {a} from {b}: all are the same for every picture of both."
    far = known.loc[known["ratio"].idxmax()]
    most = f"{far['block']}, {_times(far['ratio'])}"
    apart = known[known["ratio"] > 1]
    if apart.empty:
        return f"{a} and {b} never part: they differ most in {most}."
    first, last = apart.iloc[0], known.iloc[-1]
    end = "" if last["ratio"] > 1 else f", and are close again in {last['block']}"
    return (
        f"{a} and {b} part first in {first['block']}, in {len(apart)} of {len(known)} blocks in "
        f"all; they are furthest apart in {most}{end}."
    )
