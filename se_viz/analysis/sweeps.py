"""Every block in turn bypassed or frozen: which blocks' gates matter, and what of them.

A sweep keeps the guess and the loss of each picture under each intervention, in one file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from se_viz import files
from se_viz.analysis.interventions import Intervention
from se_viz.analysis.networks.stages import has_stages
from se_viz.analysis.places import ALL, describe, places
from se_viz.analysis.predictions.effects import Scores, accuracy_table, outcomes, score
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
            "plan": [asdict(wanted) for wanted in self.plan],
            "blocks": [asdict(block) for block in self.blocks],
            "classes": self.classes,
            "record": self.record,
        }
        with files.replaced(path) as file:
            np.savez_compressed(
                file,
                facts=np.array(json.dumps(facts)),
                truth=self.truth.astype(np.uint16),
                guesses=self.guesses.astype(np.uint16),
                losses=self.losses.astype(np.float16),
            )


def load(path: str | Path) -> Sweep:
    """A sweep that was saved."""
    with np.load(path, allow_pickle=False) as file:
        facts = json.loads(str(file["facts"]))
        plan = (
            Intervention(**wanted | {"where": tuple(wanted["where"])}) for wanted in facts["plan"]
        )
        return Sweep(
            tuple(plan),
            tuple(Block(**block) for block in facts["blocks"]),
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


def sweep_table(sweep: Sweep) -> pd.DataFrame:
    """Change of accuracy under each intervention, over all pictures.

    Returns:
        Columns how, where, title, block (its name, or "" where the intervention is on more than
        one), depth (of the block, from 1; 0 likewise), channels (touched), pictures, broken,
        mended, accuracy_before, accuracy_after, change, low, high (see `accuracy_table`) and
        loss_change (mean per picture, in nats). One row per intervention.
    """
    names = [block.name for block in sweep.blocks]
    rows = []
    for row, wanted in enumerate(sweep.plan, 1):
        touched = places(sweep.blocks, wanted.where)
        block = next(iter(touched)) if len(touched) == 1 else ""
        counted = outcomes(sweep.scores(0), sweep.scores(row), sweep.truth, sweep.classes)
        whole = accuracy_table(counted).iloc[-1]
        rows.append(
            {
                "how": wanted.how,
                "where": " ".join(wanted.where),
                "title": describe(sweep.blocks, touched),
                "block": block,
                "depth": names.index(block) + 1 if block else 0,
                "channels": sum(map(len, touched.values())),
                **{name: whole[name] for name in _WHOLE},
            }
        )
    return pd.DataFrame(rows)


def last_stage_table(sweep: Sweep) -> pd.DataFrame:
    """The rows of `sweep_table` on the whole last stage, however many blocks it has, with its title
    as a column stage; none in a network without stages."""
    table = sweep_table(sweep)
    if not has_stages(sweep.blocks):
        return table.iloc[:0].assign(stage="")
    number = sweep.blocks[-1].stage
    names = {block.name for block in sweep.blocks if block.stage == number}
    here = [set(places(sweep.blocks, wanted.where)) == names for wanted in sweep.plan]
    return table[here].assign(stage=f"stage {number}")


_WHOLE = (
    *("pictures", "broken", "mended", "accuracy_before", "accuracy_after"),
    *("change", "low", "high", "loss_change"),
)


def class_table(sweep: Sweep, row: int) -> pd.DataFrame:
    """`accuracy_table` of one intervention of a sweep, counted from 0, by class and over all."""
    counted = outcomes(sweep.scores(0), sweep.scores(row + 1), sweep.truth, sweep.classes)
    return accuracy_table(counted)


def picture_sweep_table(
    plan: Sequence[Intervention],
    blocks: Sequence[Block],
    output: Output,
    outputs: np.ndarray,
) -> pd.DataFrame:
    """What each intervention does to one picture's prediction.

    Args:
        output: what the outputs are.
        outputs: (V + 1, K), the first row without any intervention.

    Returns:
        Columns how, where, title, block, depth (as `sweep_table`), class (the likeliest without, or
        the highest score), before, after, change (its probability, in [0, 1], or score), guess
        (what the picture is taken for with, see `Output.said`), flipped (whether that differs from
        without); of probabilities logit_change too. One row per intervention.
    """
    shown, logits = output.shown(outputs), output.logits(outputs)
    best, names, rows = int(shown[0].argmax()), [block.name for block in blocks], []
    said, flipped = output.said(shown), ~output.same(np.broadcast_to(shown[:1], shown.shape), shown)
    for row, wanted in enumerate(plan, 1):
        touched = places(blocks, wanted.where)
        block = next(iter(touched)) if len(touched) == 1 else ""
        rows.append(
            {
                "how": wanted.how,
                "where": " ".join(wanted.where),
                "title": describe(blocks, touched),
                "block": block,
                "depth": names.index(block) + 1 if block else 0,
                "class": output.classes[best],
                "before": shown[0, best],
                "after": shown[row, best],
                "change": shown[row, best] - shown[0, best],
                "logit_change": logits[row, best] - logits[0, best],
                "guess": said[row],
                "flipped": bool(flipped[row]),
            }
        )
    table = pd.DataFrame(rows)
    return table if output.guesses else table.drop(columns="logit_change")


def does_freezing_hurt_less(table: pd.DataFrame) -> str:
    """Sentences about a `sweep_table`: frozen against bypassed, all blocks and one at a time."""
    single, whole = table[table["depth"] > 0], table[table["where"] == ALL]
    pairs = single.pivot_table(index="block", columns="how", values="change", sort=False)
    less = int((pairs["freeze"] > pairs["bypass"]).sum())
    said = ""
    if len(whole):
        bypass, freeze = whole.set_index("how")["change"].loc[["bypass", "freeze"]]
        said = (
            f"With every gate frozen at its mean, the network {_lost(freeze)} of accuracy; with "
            f"every gate bypassed, it {_lost(bypass)}. "
        )
    return (
        f"{said}{_worst(single[single['how'] == 'bypass'])}; freezing hurts less than bypassing in "
        f"**{less}** of {len(pairs)}."
    )


def _worst(bypassed: pd.DataFrame) -> str:
    worst = bypassed.loc[bypassed["change"].idxmin()]
    if not worst["change"] < 0:
        return "Of single blocks, bypassing none costs accuracy"
    return (
        f"Of single blocks, bypassing **{worst['block']}** costs most, "
        f"{-100 * worst['change']:.1f} points"
    )


def most_moved(table: pd.DataFrame, output: Output) -> str:
    """A sentence about a `picture_sweep_table`: which block's bypass moves the prediction most."""
    single = table[(table["depth"] > 0) & (table["how"] == "bypass")]
    most = single.loc[single["change"].abs().idxmax()]
    before, after = (output.number(most[when]) for when in ("before", "after"))
    what = "prediction" if output.guesses else "highest score"
    if most["change"] == 0:
        return f"Bypassed one at a time, no block moves the {what}."
    said = (
        f"Bypassing **{most['block']}** moves the {what} most: **{most['class']}** goes from "
        f"{before} to {after}."
    )
    if not output.guesses:
        return said
    flips = int(single["flipped"].sum())
    return (
        f"{said} Bypassed one at a time, **{flips}** of {len(single)} blocks change what the "
        "network takes the picture for."
    )


def _lost(change: float) -> str:
    """`loses **5.9 points**`, in percent of the pictures."""
    points = round(100 * change, 1)
    return f"{'gains' if points > 0 else 'loses'} **{abs(points):.1f} points**"
