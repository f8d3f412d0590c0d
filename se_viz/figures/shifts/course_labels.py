"""Names beside the lines of a course, and the numbers at the strength that is told of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.shifts.line_styles import STYLES
from se_viz.figures.style.placement import LINE, NEAR, Room, Spot

WIDTHS = {1: 290, 2: 345}
"""Pixels of a panel by how many stand side by side."""
HIGHEST, SIDE = 1.06, 0.55
"""The end of the y axis, and the room beside the first and the last strength."""
BOLD = ("adaptive", "frozen")
BROAD = 7.2
"""Pixels of a bold letter."""


def add_labels(
    figure: go.Figure,
    axes: dict[str, str],
    rows: Mapping[str, pd.DataFrame],
    told: int | None,
    named: bool,
    height: int,
    columns: int,
) -> None:
    """Write into one panel.

    Args:
        rows: source of gates -> rows by strength.
        told: the place of the strength whose numbers are written, None for none.
        named: whether lines have their names here.
        height: pixels of the panel.
        columns: panels side by side.
    """
    shares = {gates: part["accuracy"].to_numpy(float) for gates, part in rows.items()}
    count = max(map(len, shares.values()))
    panel = _Panel(count, WIDTHS.get(columns, 250), height)
    for values in shares.values():
        panel.draw(values)
    if told is not None:
        for gates in _numbered(rows, told):
            panel.number(gates, shares[gates], told)
    if named:
        for gates in ("adaptive", "frozen", "open", "held"):
            if gates in shares:
                panel.name(gates, shares[gates])
    end = rows.get("held")
    if end is not None and told != count - 1 and _apart(rows, count - 1):
        panel.number("held", shares["held"], count - 1)
    for note in panel.notes:
        figure.add_annotation(xref=axes["xaxis"], yref=axes["yaxis"], **note)


def _numbered(rows: Mapping[str, pd.DataFrame], told: int) -> list[str]:
    held = ["held"] if "held" in rows and _apart(rows, told) else []
    return [gates for gates in (*BOLD, *held) if gates in rows]


def _apart(rows: Mapping[str, pd.DataFrame], place: int) -> bool:
    """Whether held gates do surely otherwise than adapting ones."""
    if "adaptive" not in rows:
        return False
    held, own = (rows[gates].iloc[place] for gates in ("held", "adaptive"))
    return bool(held["low"] > own["high"] or held["high"] < own["low"])


class _Panel:
    """Words that were placed, as annotations without axes."""

    def __init__(self, count: int, width: float, height: float):
        self.step = width / (count - 1 + 2 * SIDE)
        self.unit = height / HIGHEST
        self.room = Room(width, height)
        self.notes: list[dict[str, Any]] = []

    def draw(self, shares: np.ndarray) -> None:
        self.room.draw((np.arange(len(shares)) + SIDE) * self.step, shares * self.unit)

    def number(self, gates: str, shares: np.ndarray, place: int) -> None:
        if np.isfinite(shares[place]):
            words = f"{100 * shares[place]:.1f}"
            said = f"<b>{words}</b>" if gates in BOLD else words
            self._write(words, STYLES[gates].written(said), place, shares[place])

    def name(self, gates: str, shares: np.ndarray) -> None:
        style = STYLES[gates]
        places = np.flatnonzero(np.isfinite(shares))
        if not len(places):
            return
        words = style.short
        said = style.written(f"<b>{words}</b>" if gates in BOLD else words)
        place = int(places[0] if gates != "held" else places[len(places) * 3 // 4])
        half = BROAD * len(words) / 2
        ups = [sign * (LINE / 2 + NEAR + more) for more in range(0, 72, 8) for sign in (1, -1)]
        rights = [half - self.step * SIDE + 2] if gates != "held" else [half, 0, -half, -2 * half]
        spots = [Spot(right, up) for up in ups for right in rights]
        self._write(words, said, place, shares[place], spots, half)

    def _write(
        self,
        words: str,
        said: str,
        place: int,
        share: float,
        spots: list[Spot] | None = None,
        half: float = 0,
    ) -> None:
        """Centred, or with `half` of its width given, from the left."""
        at = (place + SIDE) * self.step, share * self.unit
        spot = self.room.put(words, *at, spots)
        anchor = {"xanchor": "left" if half else "center", "yanchor": "middle"}
        look = {"showarrow": False, "font": {"size": 12}} | anchor
        where = {"x": place, "y": float(share), "xshift": spot.right - half, "yshift": spot.up}
        self.notes.append({"text": said, **where, **look})
