"""The numbers on the way from squeeze to gate, as one table."""

from __future__ import annotations

import numpy as np
import pandas as pd


def excitation_table(
    z: np.ndarray, bottleneck: np.ndarray | None = None, s: np.ndarray | None = None
) -> pd.DataFrame:
    """Columns layer ("z", "hidden", "s"), number (from 0) and value, for the layers given."""
    layers = {"z": z, "hidden": bottleneck, "s": s}
    known = {name: values for name, values in layers.items() if values is not None}
    return pd.DataFrame(
        {
            "layer": np.repeat(list(known), [len(values) for values in known.values()]),
            "number": np.concatenate([np.arange(len(values)) for values in known.values()]),
            "value": np.concatenate(list(known.values())).astype(np.float32),
        }
    )
