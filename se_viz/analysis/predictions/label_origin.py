"""Where the classes of single pictures come from, in tables of them."""

from __future__ import annotations

import pandas as pd

from se_viz.probe.reading import Reading


def with_class_from(table: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """A table of pictures with a column class_from after class: `prediction` for a guess.

    Args:
        table: columns picture (its name) and class, in any order, pictures as often as need be.
        reading: of the same pictures, whose names differ.
    """
    known = {name: reading.origin_of(row) for row, name in enumerate(reading.names)}
    made = table.copy()
    made.insert(list(table).index("class") + 1, "class_from", table["picture"].map(known))
    return made
