"""Rows of the benchmark's table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement beside what it is held against."""

    what: str
    measured: str
    against: str
    ratio: str
    promise: str
    kept: bool


def describe(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | measured | beside | ratio | promise | kept |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = (row.what, row.measured, row.against, row.ratio, row.promise)
        lines.append(f"| {' | '.join(cells)} | {'yes' if row.kept else 'NO'} |")
    return "\n".join(lines)
