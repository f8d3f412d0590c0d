"""How sure a network is, and how often it is right when it is so sure."""

from __future__ import annotations

import numpy as np
import pandas as pd

BINS = 15
"""As in the paper, section 2."""


def reliability_table(confidence: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """Pictures in 15 bins of equal width, by how sure the network is of its likeliest class.

    C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On Calibration of Modern Neural Networks", ICML
    2017, section 2.

    Args:
        confidence: (N,), the probability of the likeliest class, in [0, 1].
        right: bool (N,), whether that is the true one.

    Returns:
        Columns low, high (ends of the bin, low left out but for 0), pictures, confidence (mean, nan
        of none) and accuracy (share right). One row per bin.
    """
    confidence = np.asarray(confidence, float)
    where = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    count = np.bincount(where, minlength=BINS)
    sums = (np.bincount(where, weights=w, minlength=BINS) for w in (confidence, right))
    with np.errstate(invalid="ignore"):
        sure, share = (total / count for total in sums)
    ends = np.arange(BINS + 1) / BINS
    columns = {"low": ends[:-1], "high": ends[1:], "pictures": count}
    return pd.DataFrame(columns | {"confidence": sure, "accuracy": share})


def calibration_error(table: pd.DataFrame) -> float:
    """Expected calibration error, in [0, 1]: the mean distance of accuracy and confidence over
    bins, each weighed by its pictures (the paper's equation 3); nan without pictures.

    Args:
        table: of `reliability_table`.
    """
    filled = table[table["pictures"] > 0]
    if filled.empty:
        return float("nan")
    gap = (filled["accuracy"] - filled["confidence"]).abs()
    return float(np.average(gap, weights=filled["pictures"]))
