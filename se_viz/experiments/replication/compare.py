"""Networks that differ in one thing, held against each other: paired by seed and by picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from se_viz.experiments.replication.record import CLEAN, LIGHTS, Record, load
from se_viz.experiments.replication.rows import QUESTIONS

Records = Mapping[str, Mapping[int, Record]]
"""Row -> seed -> what became of it."""
FEWEST = 2
"""Seeds in common from which on a difference has an interval."""


def read(folder: Path) -> Records:
    """All records of a folder, their seeds in order."""
    found: dict[str, dict[int, Record]] = {}
    for path in sorted(folder.glob("*.npz")):
        row, _, seed = path.stem.rpartition("-")
        found.setdefault(row, {})[int(seed)] = load(path)
    return {row: dict(sorted(runs.items())) for row, runs in found.items()}


def seed_table(
    records: Records, truth: np.ndarray, light: tuple[str, float] = CLEAN
) -> pd.DataFrame:
    """Every run that has a partner of the same seed.

    Args:
        truth: int (N,), the classes of the pictures.
        light: one of `LIGHTS`.

    Returns:
        Columns question, row, title, against, seed, accuracy, base (of the partner) and difference,
        shares.
    """
    place = LIGHTS.index(light)
    rows = []
    for question, compared in QUESTIONS.items():
        for one in compared:
            for seed, own, base in seeds_against(records, one.row, one.against, truth, place):
                facts = (question, one.row, one.title, one.against, seed)
                rows.append((*facts, own, base, own - base))
    columns = ["question", "row", "title", "against", "seed", "accuracy", "base", "difference"]
    return pd.DataFrame(rows, columns=columns)


def row_table(seeds: pd.DataFrame) -> pd.DataFrame:
    """What each row differs by.

    Args:
        seeds: a `seed_table`.

    Returns:
        Columns question, row, title, against, seeds (how many), accuracy and base (means),
        difference (mean), low, high (its 95% interval, Student's t over seeds, nan below two),
        smallest (half of it: the smallest difference that these seeds could have shown), sure
        (whether the interval leaves 0 out) and paper (see `Compared`, nan for none).
    """
    paper = {one.row: one.paper for group in QUESTIONS.values() for one in group}
    rows = []
    for (question, row, title, against), runs in seeds.groupby(
        ["question", "row", "title", "against"], sort=False
    ):
        middle, half = summed_up(runs["difference"].to_numpy())
        facts = (question, row, title, against, len(runs))
        means = (runs["accuracy"].mean(), runs["base"].mean(), middle)
        quoted = np.nan if paper[str(row)] is None else paper[str(row)]
        ends = (middle - half, middle + half, half, abs(middle) > half)
        rows.append((*facts, *means, *ends, quoted))
    return pd.DataFrame(rows, columns=[*_FACTS, *_NUMBERS, "paper"])


_FACTS = ["question", "row", "title", "against", "seeds"]
_NUMBERS = ["accuracy", "base", "difference", "low", "high", "smallest", "sure"]


def accuracy_of(records: Records, truth: np.ndarray, row: str) -> float:
    """Mean share of right ones over the seeds of a row, of pictures as they are."""
    place = LIGHTS.index(CLEAN)
    return float(np.mean([_right(one, truth, place) for one in records[row].values()]))


def seeds_against(
    records: Records, row: str, against: str, truth: np.ndarray, place: int
) -> list[tuple[int, float, float]]:
    """(seed, accuracy, accuracy of the other) of every seed that two rows have in common, under the
    light at a place of `LIGHTS`."""
    own, base = records.get(row, {}), records.get(against, {})
    both = [seed for seed in own if seed in base]
    return [(s, _right(own[s], truth, place), _right(base[s], truth, place)) for s in both]


def _right(record: Record, truth: np.ndarray, place: int) -> float:
    return float((record.guesses[place] == truth).mean())


def summed_up(differences: np.ndarray) -> tuple[float, float]:
    """Mean, and half the width of its 95% interval: Student's t over seeds, nan below two."""
    count = len(differences)
    if count < FEWEST:
        return float(differences.mean()), np.nan
    from scipy.stats import t

    spread = differences.std(ddof=1) / count**0.5
    return float(differences.mean()), float(t.ppf(0.975, count - 1) * spread)
