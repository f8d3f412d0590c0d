"""What a sweep tells, in tables: which blocks' gates matter, and what of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import has_stages
from se_viz.analysis.predictions.effects import accuracy_table, outcomes, total, with_changes
from se_viz.experiments.sweep_record import Sweep
from se_viz.interventions.intervention import Intervention
from se_viz.nets.output import Output

_WHOLE = [
    *("pictures", "broken", "mended", "accuracy_before", "accuracy_after"),
    *("change", "low", "high", "loss_change"),
]


def sweep_table(sweep: Sweep, places: Sequence[int] | None = None) -> pd.DataFrame:
    """Change of accuracy under each intervention, over all pictures.

    Args:
        places: in the plan, of the interventions that are asked for; None for all.

    Returns:
        Columns how, where, title, block (its name, or "" where the intervention is on more than
        one), depth (of the block, from 1; 0 likewise), channels (touched), pictures, broken,
        mended, accuracy_before, accuracy_after, change, low, high (see `accuracy_table`) and
        loss_change (mean per picture, in nats). One row per intervention.
    """
    rows = range(len(sweep.plan)) if places is None else places
    plan = [sweep.plan[row] for row in rows]
    names = [_named(wanted) | {"channels": len(wanted.selection)} for wanted in plan]
    whole = pd.DataFrame([total(_counted(sweep, row)) for row in rows])
    return pd.DataFrame(names).join(with_changes(whole)[_WHOLE])


def class_table(sweep: Sweep, row: int) -> pd.DataFrame:
    """`accuracy_table` of one intervention of a sweep, counted from 0, by class and over all."""
    return accuracy_table(_counted(sweep, row))


def _counted(sweep: Sweep, row: int) -> pd.DataFrame:
    return outcomes(sweep.scores(0), sweep.scores(row + 1), sweep.truth, sweep.classes)


def last_stage_table(sweep: Sweep) -> pd.DataFrame:
    """The rows of `sweep_table` on the whole last stage, however many blocks it has, with its title
    as a column stage; none in a network without stages."""
    table = sweep_table(sweep)
    if not has_stages(sweep.blocks):
        return table.iloc[:0].assign(stage="")
    number = sweep.blocks[-1].stage
    names = [block.name for block in sweep.blocks if block.stage == number]
    here = [list(wanted.selection.places) == names for wanted in sweep.plan]
    return table[here].assign(stage=f"stage {number}")


def picture_sweep_table(
    plan: Sequence[Intervention], output: Output, outputs: np.ndarray
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
    best, said = int(shown[0].argmax()), output.said(shown)
    flipped = ~output.same(np.broadcast_to(shown[:1], shown.shape), shown)
    rows = [
        _named(wanted)
        | {
            "class": output.classes[best],
            "before": shown[0, best],
            "after": shown[row, best],
            "change": shown[row, best] - shown[0, best],
            "logit_change": logits[row, best] - logits[0, best],
            "guess": said[row],
            "flipped": bool(flipped[row]),
        }
        for row, wanted in enumerate(plan, 1)
    ]
    table = pd.DataFrame(rows)
    return table if output.guesses else table.drop(columns="logit_change")


def _named(wanted: Intervention) -> dict[str, Any]:
    selection = wanted.selection
    block = selection.block
    return {
        "how": wanted.kind.key,
        "where": " ".join(selection.written),
        "title": selection.describe(),
        "block": block.name if block else "",
        "depth": selection.blocks.index(block) + 1 if block else 0,
    }
