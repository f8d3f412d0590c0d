"""What is done to which gates: in words, as an edit, and as saved sweeps keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from se_viz.interventions import registry
from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.selection import Selection
from se_viz.probe import edit
from se_viz.probe.edit import Edit
from se_viz.probe.gates.blocks import Block

NOTHING = Replacements()
UNSAID = {"value": 1.0, "name": "", "seed": 0, "end": "1"}
"""What a row of a saved sweep has for what its kind does not take."""


@dataclass(frozen=True)
class Intervention:
    """What is done to which gates."""

    kind: InterventionKind
    selection: Selection

    def describe(self) -> str:
        """Such as `stage 5 bypassed` or `SE_4_6 set to 0.5`."""
        return f"{self.selection.describe()} {self.kind.done}"

    def edit(self, replacements: Replacements = NOTHING) -> Edit:
        """The edit, one row, that carries it out.

        Raises:
            ValueError: for a class that is not there, or means or gates that are missing.
        """
        return self.kind.edit(self.selection, replacements)

    def as_row(self) -> dict[str, Any]:
        """Plain values, as a saved sweep keeps them."""
        where = list(self.selection.written)
        return {"how": self.kind.key, "where": where} | UNSAID | vars(self.kind)


def of_row(row: Mapping[str, Any], blocks: Sequence[Block]) -> Intervention:
    """What `as_row` gave; ValueError where it is none of this network."""
    kind = registry.made(row["how"], row)
    return Intervention(kind, Selection.parse(blocks, row["where"]))


def edits_of(plan: Iterable[Intervention], replacements: Replacements = NOTHING) -> Edit:
    """A row for each of several interventions on one network; ValueError as `Intervention.edit`."""
    return edit.stack(wanted.edit(replacements) for wanted in plan)
