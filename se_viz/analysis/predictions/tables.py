"""From outputs to what a network thinks it sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from se_viz.nets.output import Output
from se_viz.probe.reading import Reading


def top(outputs: np.ndarray, output: Output, count: int = 5) -> list[list[tuple[str, float]]]:
    """For each picture of outputs (N, K), its `count` likeliest classes with their probability, or
    the highest scores; the first first."""
    shown = output.shown(outputs)
    best = np.argsort(-shown, axis=1, kind="stable")[:, :count]
    return [
        [(output.classes[k], float(row[k])) for k in picked]
        for row, picked in zip(shown, best, strict=True)
    ]


def in_words(outputs: np.ndarray, output: Output) -> list[str]:
    """What each picture of outputs (N, K) is taken for, with the highest number: `cat, 48.2%`."""
    if not output.classes:
        return [""] * len(outputs)
    likeliest = [f"{name}, {output.number(n)}" for ((name, n),) in top(outputs, output, 1)]
    if not output.several:
        return likeliest
    said = output.said(output.shown(outputs))
    return [f"{labels}; likeliest {first}" for labels, first in zip(said, likeliest, strict=True)]


def top_table(reading: Reading) -> pd.DataFrame:
    """Columns picture, class (its label), rank (from 1), prediction, and probability (in [0, 1]) or
    score."""
    guesses = top(reading.outputs, reading.output)
    rows = [
        (name, label, rank, guess, number)
        for name, label, best in zip(reading.names, reading.labels, guesses, strict=True)
        for rank, (guess, number) in enumerate(best, 1)
    ]
    names = ["picture", "class", "rank", "prediction", reading.output.measure]
    return pd.DataFrame(rows, columns=names)


def flips_table(
    names: Sequence[str],
    labels: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    output: Output,
) -> pd.DataFrame:
    """What each picture is taken for without and with an intervention, changed ones first.

    Args:
        names, labels: of the N pictures.
        before, after: outputs (N, K).
        output: what these are.

    Returns:
        Columns picture, class (its label), before, after (what it is taken for, see `Output.said`),
        probability_before, probability_after (of the likeliest before, in [0, 1]; or score_before,
        score_after), changed.
    """
    shown = output.shown(before), output.shown(after)
    rows, best = np.arange(len(before)), shown[0].argmax(1)
    table = pd.DataFrame(
        {
            "picture": list(names),
            "class": list(labels),
            "before": output.said(shown[0]),
            "after": output.said(shown[1]),
            f"{output.measure}_before": shown[0][rows, best],
            f"{output.measure}_after": shown[1][rows, best],
            "changed": ~output.same(*shown),
        }
    )
    return table.sort_values("changed", ascending=False, kind="stable", ignore_index=True)
