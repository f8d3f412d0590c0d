"""Tables as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from se_viz.pictures.cells import neutral


def csv_of(table: pd.DataFrame) -> bytes:
    """A table as CSV, UTF-8; text that a spreadsheet would run has a ' before it, see `neutral`.

    Numbers stay numbers, whatever their sign.
    """
    made = _neutral(table)
    returns = any("\r" in text for text in _all_texts(made))
    quoting = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL  # which takes \r for a letter
    return made.to_csv(index=False, quoting=quoting).encode(errors="backslashreplace")


def neutralised(table: pd.DataFrame) -> int:
    """How many cells and headings `csv_of` writes with a ' before them."""
    return sum(neutral(text) != text for text in _all_texts(table))


def _neutral(table: pd.DataFrame) -> pd.DataFrame:
    made = table.copy(deep=False)
    made.columns = pd.Index([_cell(name) for name in table.columns])
    for place, kind in enumerate(table.dtypes):
        if not is_numeric_dtype(kind):
            made.isetitem(place, table.iloc[:, place].astype(object).map(_cell))
    return made


def _cell(value: Any) -> Any:
    return neutral(value) if isinstance(value, str) else value


def _all_texts(table: pd.DataFrame) -> Iterator[str]:
    """Headings and cells."""
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    for values in (table.columns, *(c for c in columns if not is_numeric_dtype(c.dtype))):
        yield from (value for value in values if isinstance(value, str))
