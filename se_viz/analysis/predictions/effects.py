"""What an intervention changes: outputs and predictions of a picture, accuracy over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import ALL, shown
from se_viz.nets.output import Output

Z = 1.959964
"""Of 95%."""
COUNTS = ("pictures", "before", "after", "broken", "mended", "loss_before", "loss_after")


def change_table(
    before: np.ndarray, after: np.ndarray, output: Output, count: int = 5
) -> pd.DataFrame:
    """One picture's likeliest classes, or highest scores, with and without an intervention.

    Args:
        before, after: outputs (K,).
        output: what these are.
        count: of the first with, and of the first without, to show.

    Returns:
        Columns class, before, after, change (probabilities, in [0, 1], or scores), rank_before,
        rank_after (from 1); of probabilities logit_before, logit_after, logit_change too. First
        before first.
    """
    both = np.stack([before, after])
    shown = output.shown(both)
    ranks = np.argsort(np.argsort(-shown, axis=1, kind="stable"), axis=1) + 1
    chosen = np.flatnonzero((ranks <= count).any(0))
    rows = [int(row) for row in chosen[np.argsort(ranks[0][chosen])]]
    table = pd.DataFrame({"class": [output.classes[row] for row in rows]})
    for name, values in (("logit_", output.logits(both)), ("", shown)):
        if name and not output.guesses:
            continue
        table[f"{name}before"], table[f"{name}after"] = values[:, rows]
        table[f"{name}change"] = values[1][rows] - values[0][rows]
    return table.assign(rank_before=ranks[0][rows], rank_after=ranks[1][rows])


@dataclass(frozen=True, eq=False)
class Scores:
    """How N pictures of known classes came out.

    Attributes:
        right: bool (..., N), whether the likeliest class is the true one; of labels that are said
            each for itself, whether the true one is above one half.
        loss: float (..., N), -log of the true class's probability, in nats.
    """

    right: np.ndarray
    loss: np.ndarray


def score(outputs: np.ndarray, truth: np.ndarray, output: Output) -> Scores:
    """Scores of outputs (..., N, K) for true classes, int (N,)."""
    return Scores(output.right(outputs, truth), output.losses(outputs, truth))


def outcomes(
    before: Scores, after: Scores, truth: np.ndarray, classes: Sequence[str]
) -> pd.DataFrame:
    """Right and wrong predictions with and without an intervention, counted by class.

    Args:
        before, after: scores of the same N pictures.
        truth: int (N,), their classes.
        classes: names of the K classes.

    Returns:
        Columns class, pictures, before, after (right without and with), broken (right to wrong),
        mended (wrong to right), loss_before, loss_after (summed over the pictures, in nats). One
        row per class with pictures.
    """
    columns = {
        "pictures": np.ones(len(truth), int),
        "before": before.right,
        "after": after.right,
        "broken": before.right & ~after.right,
        "mended": ~before.right & after.right,
        "loss_before": before.loss,
        "loss_after": after.loss,
    }
    rows = np.unique(truth)
    table = pd.DataFrame({"class": [shown(classes[row]) for row in rows]})
    for name, values in columns.items():
        table[name] = [values[truth == row].sum() for row in rows]
    return table


def accuracy_table(counted: pd.DataFrame) -> pd.DataFrame:
    """Change of accuracy by class with a 95% interval, and over all pictures.

    The same pictures are seen with and without, so only those that change sides tell anything:
    A. Agresti and Y. Min, Statistics in Medicine 24 (2005), add half a picture to each of the four
    outcomes, then change +- 1.96 sqrt(b + m - (b - m)^2 / n) / n for b broken and m mended of n.

    Args:
        counted: of `outcomes`.

    Returns:
        Its columns, "all" last, and accuracy_before, accuracy_after, change, low, high (shares of
        the pictures, in [-1, 1]), and loss_change (mean per picture, in nats).
    """
    whole = pd.DataFrame([total(counted)])
    table = pd.concat([counted, whole], ignore_index=True) if len(counted) else counted
    return with_changes(table)


def total(counted: pd.DataFrame) -> dict[str, Any]:
    """The counts of `outcomes` over all classes, as a row whose class is "all"."""
    return {"class": ALL, **counted[list(COUNTS)].sum()}


def with_changes(table: pd.DataFrame) -> pd.DataFrame:
    """A table of counts with accuracies and what changes, see `accuracy_table`."""
    table = table.copy()
    n = table["pictures"].astype(float)
    table["accuracy_before"], table["accuracy_after"] = table["before"] / n, table["after"] / n
    table["change"] = (table["mended"] - table["broken"]) / n
    table["low"], table["high"] = _interval(n, table["broken"], table["mended"])
    table["loss_change"] = (table["loss_after"] - table["loss_before"]) / n
    return table


def _interval(n, broken, mended):
    n, broken, mended = n + 2, broken + 0.5, mended + 0.5
    middle = (mended - broken) / n
    half = Z * np.sqrt(broken + mended - (mended - broken) ** 2 / n) / n
    return np.maximum(middle - half, -1), np.minimum(middle + half, 1)
