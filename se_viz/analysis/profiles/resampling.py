"""Is class specificity more than chance? Shuffled labels and resampled pictures say.

What is asked of a block is the median of omega squared over its channels. Both answers need the
gates of single pictures, so they come from a reading, not from a profile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.specificity import omega_of
from se_viz.probe.reading import Reading

RESAMPLES, MOST = 200, 2000
ROOM = 2**23
"""Numbers that one batch of resamples may take, 32 MB."""
LEVEL = 0.95
TIE = 1e-5
"""Omega squared that differs by less is the same: sums in float32, in another order."""


Progress = Callable[[int, int], None]
"""Told how many blocks are done, and of how many."""


def omega_intervals(
    reading: Reading, resamples: int = RESAMPLES, seed: int = 0, progress: Progress | None = None
) -> pd.DataFrame:
    """Median omega squared of each block with an interval, and what shuffled labels reach.

    - Permutation: the labels are shuffled over the pictures, which keeps the gates and the sizes of
      the classes and breaks every tie between them.
    - Bootstrap: pictures are drawn with replacement within each class, so the interval speaks of
      other pictures of these classes. Drawing anew adds differences between class means that are
      none of the classes', so the percentiles are moved until their middle is the measured value.
      In simulations the intervals held the true value in 91 to 100 of 100 cases, from 30 pictures
      in a class down to 3 (where they are wide).

    Args:
        reading: pictures with their classes as labels.
        resamples: of each kind, 20 to 2000.
        seed: the same seed gives the same numbers.
        progress: called after each block.

    Returns:
        Columns block, depth (from 1), channels; median (measured); low, high (95% bootstrap
        interval); null, null_high (median and 95th percentile over the shuffles); p (share of
        shuffles that reach the measured value, itself counted as one: at least
        1 / (resamples + 1)); classes, pictures, resamples. A row per block; none where there are
        fewer than two classes, or one picture of each.

    Raises:
        ValueError: for another number of resamples.
    """
    check_resamples(resamples)
    names, rows = np.unique(np.asarray(reading.labels, object), return_inverse=True)
    facts = (len(names), len(reading), resamples)
    answers = []
    if 2 <= len(names) < len(reading):
        shuffled, drawn = _shuffles(rows, resamples, seed), _draws(rows, resamples, seed)
        for depth, (block, gates) in enumerate(reading.gates.items(), 1):
            medians = _measure(gates, rows, shuffled, drawn)
            answers.append((block, depth, gates.shape[1], *_summary(*medians), *facts))
            if progress:
                progress(depth, len(reading.gates))
    return pd.DataFrame(answers, columns=_COLUMNS)


_COLUMNS = [
    *("block", "depth", "channels", "median", "low", "high", "null", "null_high", "p"),
    *("classes", "pictures", "resamples"),
]


def steps(reading: Reading, resamples: int = RESAMPLES) -> int:
    """How much work `omega_intervals` is; a quiet processor of 2020 does about 1e9 in a second."""
    classes, gates = len(set(reading.labels)), sum(g.shape[1] for g in reading.gates.values())
    return 2 * resamples * (len(reading) + 2 * classes) * gates


def with_intervals(table: pd.DataFrame, found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """An `omega_table` with columns low, high, null, null_high, p and resamples, nan where unknown.

    Args:
        table: of some groups.
        found: title of a group -> its `omega_intervals`.
    """
    columns = ["low", "high", "null", "null_high", "p", "resamples"]
    parts = [rows[["block", *columns]].assign(group=title) for title, rows in found.items()]
    if not parts:
        return table.assign(**dict.fromkeys(columns, np.nan))
    return table.merge(pd.concat(parts), how="left", on=["group", "block"])


def beyond_chance(found: pd.DataFrame) -> str:
    """A sentence about an `omega_intervals` with rows: where gates tell the class, and how well."""
    sure = found[found["p"] <= 1 - LEVEL]
    shuffles = f"95 of 100 shuffles of the labels, over {found['pictures'].iloc[0]:,} pictures"
    if sure.empty:
        return f"In no block do gates follow the class more than in {shuffles}."
    most = sure.loc[sure["median"].idxmax()]
    return (
        f"In {len(sure)} of {len(found)} blocks gates follow the class more than in {shuffles}. "
        f"{most['block']} does most: the median omega squared of its channels is "
        f"{most['median']:.2f} (95% interval {most['low']:.2f} to {most['high']:.2f})."
    )


def check_resamples(resamples: int) -> None:
    """Raises ValueError for fewer than 20 or more than 2000."""
    if not 20 <= resamples <= MOST:
        raise ValueError(f"{resamples} resamples: it takes 20 to {MOST}.")


def _summary(measured: float, null: np.ndarray, drawn: np.ndarray) -> tuple[float, ...]:
    edge = (1 - LEVEL) / 2
    low, middle, high = np.quantile(drawn, (edge, 0.5, 1 - edge)) - measured
    tied = measured - TIE * max(1.0, abs(measured))  # of the same classes in another order
    reached = (1 + np.sum(null >= tied)) / (1 + len(null))
    ends = (measured + low - middle, measured + high - middle)
    return (measured, *ends, np.median(null), np.quantile(null, LEVEL), reached)


def _shuffles(rows: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """int (resamples, N): the class of each picture, shuffled."""
    rng = np.random.default_rng([seed, 0])
    return rng.permuted(np.tile(rows, (resamples, 1)), axis=1)


def _draws(rows: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """float32 (resamples, N): how often each picture is drawn, as many of a class as it has."""
    rng = np.random.default_rng([seed, 1])
    times = np.zeros((resamples, len(rows)), np.float32)
    for name in range(rows.max() + 1):
        of_class = np.flatnonzero(rows == name)
        even = np.full(len(of_class), 1 / len(of_class))
        times[:, of_class] = rng.multinomial(len(of_class), even, resamples)
    return times


def _measure(
    gates: np.ndarray, rows: np.ndarray, shuffled: np.ndarray, drawn: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """The block's median omega squared: measured, of each shuffle, and of each draw."""
    centred = (gates - gates.mean(0, dtype=np.float64)).astype(np.float32)
    once = np.ones_like(drawn)
    measured = _medians(centred, rows[None], once[:1])[0]
    null = _medians(centred, shuffled, once)
    return float(measured), null, _medians(centred, np.broadcast_to(rows, drawn.shape), drawn)


def _medians(values: np.ndarray, rows: np.ndarray, times: np.ndarray) -> np.ndarray:
    """float64 (R,): median over channels of omega squared, for R resamples.

    Args:
        values: float32 (N, C), gates about their mean, so that squares stay exact enough.
        rows: int (R, N), the class of each picture; classes are of one size in all resamples.
        times: float32 (R, N), how often each picture counts.
    """
    sizes = np.bincount(rows[0]).astype(np.float32)
    batch = max(1, ROOM // max(len(sizes) * values.shape[1], len(values)))
    starts = range(0, len(rows), batch)
    parts = [slice(start, start + batch) for start in starts]
    medians = [_batch(values, rows[part], times[part], sizes) for part in parts]
    return np.concatenate(medians).astype(np.float64)


def _batch(
    values: np.ndarray, rows: np.ndarray, times: np.ndarray, sizes: np.ndarray
) -> np.ndarray:
    sums = _sums(values, rows, times / np.sqrt(sizes)[rows], len(sizes))
    explained = np.einsum("rkc,rkc->rc", sums, sums)
    between = explained - (times @ values) ** 2 / len(values)
    within = np.maximum(times @ values**2 - explained, 0)
    return np.median(omega_of(between, within, len(sizes), len(values)), axis=1)


def _sums(values: np.ndarray, rows: np.ndarray, weights: np.ndarray, classes: int) -> np.ndarray:
    """float32 (R, K, C): weighted sums over each class; sparse, as a picture is of one class."""
    from scipy.sparse import csr_array

    resamples, pictures = rows.shape
    places = rows + classes * np.arange(resamples)[:, None]
    columns = np.tile(np.arange(pictures), resamples)
    shape = (resamples * classes, pictures)
    chosen = csr_array((weights.ravel(), (places.ravel(), columns)), shape=shape)
    return (chosen @ values).reshape(resamples, classes, -1)
