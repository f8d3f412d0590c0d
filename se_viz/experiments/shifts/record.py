"""What was measured under shifts, as it is kept: each picture's guess under each condition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from se_viz import files
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, OTHER
from se_viz.experiments.shifts.measure import UNTRIED
from se_viz.experiments.shifts.plans import Cell
from se_viz.interventions.selection import ALL
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.probe.gates.blocks import Block

VERSION = 1


@dataclass(frozen=True, eq=False)
class ShiftRecord:
    """N pictures under R conditions.

    Attributes:
        cells: the conditions.
        blocks: of the network.
        classes: names of its K classes.
        truth: int (N,), the class of each picture; of pictures without one, what the network takes
            it for as it is.
        others: int (N,), the class of the picture whose gates `other-class` gives; -1 for none.
        guesses: int (R, N), see `Answers`.
        confidence: float (R, N).
        moves: columns kind, strength and those of `Moves.table`, for the lights that were asked.
        spreads: of the clean gates, see `spread_table`.
        record: how it was made; `agreement` where the truth is the network's own word.
    """

    cells: tuple[Cell, ...]
    blocks: tuple[Block, ...]
    classes: tuple[str, ...]
    truth: np.ndarray
    others: np.ndarray
    guesses: np.ndarray
    confidence: np.ndarray
    moves: pd.DataFrame
    spreads: pd.DataFrame
    record: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        """Pictures."""
        return len(self.truth)

    def row(self, cell: Cell) -> int | None:
        """The row of a condition, None where it was not measured."""
        return self.cells.index(cell) if cell in self.cells else None

    def right(self, row: int) -> np.ndarray:
        """bool (N,): whether each picture's class was said."""
        return self.guesses[row] == self.truth

    def tried(self, row: int) -> np.ndarray:
        """bool (N,): on which pictures the condition could be tried."""
        return self.guesses[row] != UNTRIED

    def taken(self, row: int) -> np.ndarray:
        """bool (N,): whether a picture was taken for the class whose gates it was given."""
        gates_of = self.others if self.cells[row].gates == OTHER else self.truth
        return self.guesses[row] == gates_of

    def lights(self, kind: str) -> list[Light]:
        """As they are, then those of one kind in the order in which they were measured."""
        found = dict.fromkeys(c.light for c in self.cells if c.light.kind == kind)
        return [CLEAN, *found]

    @property
    def kinds(self) -> list[str]:
        """Kinds of which more than one strength was measured with all gates."""
        whole = [c for c in self.cells if c.where == ALL and c.gates == ADAPTIVE and c.light.kind]
        kinds = [cell.light.kind for cell in whole]
        return [kind for kind in dict.fromkeys(kinds) if kinds.count(kind) > 1]

    def save(self, path: str | Path) -> None:
        """As an NPZ without pickles. WriteError where it cannot be."""
        facts = {
            "version": VERSION,
            "cells": [[*vars(cell.light).values(), cell.gates, cell.where] for cell in self.cells],
            "blocks": [asdict(block) for block in self.blocks],
            "classes": self.classes,
            "moves": self.moves.to_dict("split", index=False),
            "spreads": self.spreads.to_dict("split", index=False),
            "record": self.record,
        }
        arrays = {
            "facts": np.array(json.dumps(facts)),
            "truth": self.truth.astype(np.int16),
            "others": self.others.astype(np.int16),
            "guesses": self.guesses.astype(np.int16),
            "confidence": self.confidence.astype(np.float16),
        }
        files.write(path, files.npz(arrays))


def load(path: str | Path) -> ShiftRecord:
    """A record that was saved."""
    with np.load(path, allow_pickle=False) as file:
        facts = json.loads(str(file["facts"]))
        moves, spreads = (
            pd.DataFrame(facts[name]["data"], columns=facts[name]["columns"])
            for name in ("moves", "spreads")
        )
        return ShiftRecord(
            tuple(Cell(Light(*light), gates, where) for *light, gates, where in facts["cells"]),
            tuple(Block(**block) for block in facts["blocks"]),
            tuple(facts["classes"]),
            file["truth"].astype(int),
            file["others"].astype(int),
            file["guesses"].astype(int),
            file["confidence"].astype(np.float32),
            moves,
            spreads,
            facts["record"],
        )
