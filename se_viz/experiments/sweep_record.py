"""A sweep as it is kept: the guess and the loss of each picture under each intervention."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from se_viz import files
from se_viz.analysis.predictions.effects import Scores, score
from se_viz.interventions.intervention import Intervention, of_row
from se_viz.nets.output import Output
from se_viz.probe.gates.blocks import Block

VERSION = 1


@dataclass(frozen=True, eq=False)
class Sweep:
    """N pictures of known classes under V interventions.

    Attributes:
        plan: the V interventions.
        blocks: of the network.
        classes: names of its K classes.
        truth: int (N,), class of each picture.
        guesses: int (V + 1, N), the likeliest class; of labels that are said each for itself the
            true one where it is said, else -1. The first row is without any intervention.
        losses: float (V + 1, N), -log of the true class's probability, in nats.
        record: how it was made.
    """

    plan: tuple[Intervention, ...]
    blocks: tuple[Block, ...]
    classes: tuple[str, ...]
    truth: np.ndarray
    guesses: np.ndarray
    losses: np.ndarray
    record: Mapping[str, Any] = field(default_factory=dict)

    def scores(self, row: int) -> Scores:
        """Of one intervention, counted from 1; of none for 0."""
        return Scores(self.guesses[row] == self.truth, self.losses[row].astype(np.float64))

    def save(self, path: str | Path) -> None:
        """As an NPZ without pickles; losses in half precision. WriteError where it cannot be."""
        facts = {
            "version": VERSION,
            "plan": [wanted.as_row() for wanted in self.plan],
            "blocks": [asdict(block) for block in self.blocks],
            "classes": self.classes,
            "record": self.record,
        }
        arrays = {
            "facts": np.array(json.dumps(facts)),
            "truth": self.truth.astype(np.uint16),
            "guesses": self.guesses.astype(np.uint16),
            "losses": self.losses.astype(np.float16),
        }
        files.write(path, files.npz(arrays))


def load(path: str | Path) -> Sweep:
    """A sweep that was saved."""
    with np.load(path, allow_pickle=False) as file:
        facts = json.loads(str(file["facts"]))
        blocks = tuple(Block(**block) for block in facts["blocks"])
        return Sweep(
            tuple(of_row(row, blocks) for row in facts["plan"]),
            blocks,
            tuple(facts["classes"]),
            file["truth"].astype(int),
            file["guesses"].astype(int),
            file["losses"].astype(np.float32),
            facts["record"],
        )


def of_outputs(
    plan: Sequence[Intervention],
    blocks: Sequence[Block],
    output: Output,
    truth: np.ndarray,
    outputs: np.ndarray,
    record: Mapping[str, Any] | None = None,
) -> Sweep:
    """From outputs (V + 1, N, K), as `probe.intervene.sweep` gives them, and what they are."""
    scores = score(outputs, truth, output)
    guesses = output.shown(outputs).argmax(-1)
    if output.several:
        guesses = np.where(scores.right, truth, -1)
    losses, names = scores.loss.astype(np.float32), output.classes
    return Sweep(tuple(plan), tuple(blocks), names, truth, guesses, losses, record or {})


def joined(parts: Sequence[Sweep]) -> Sweep:
    """Sweeps of the same network and plan over pictures after one another, at least one."""
    return replace(
        parts[0],
        truth=np.concatenate([part.truth for part in parts]),
        guesses=np.concatenate([part.guesses for part in parts], axis=1),
        losses=np.concatenate([part.losses for part in parts], axis=1),
    )
