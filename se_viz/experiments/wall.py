"""Pictures without and with an intervention, side by side: which flip, and how many are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from se_viz.analysis.predictions.effects import score
from se_viz.analysis.predictions.true_classes import Truth
from se_viz.experiments.shifts.tables import wilson
from se_viz.experiments.sweep_record import Sweep
from se_viz.experiments.sweep_tables import sweep_table
from se_viz.interventions.blend import Blend
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.constant import Constant
from se_viz.interventions.intervention import Intervention
from se_viz.nets.output import Output

BROKEN, MOVED, MENDED, WRONG, RIGHT, SAME = STATES = (
    *("broken", "moved", "mended"),
    *("wrong", "right", "same"),
)
"""Of a picture: right to wrong, to another class, wrong to right; as before: wrong, right, and
where nobody knows its class."""
CHANGED = (BROKEN, MOVED, MENDED)


@dataclass(frozen=True)
class Share:
    """How many of some pictures are right, with the 95% interval of `wilson`; in [0, 1]."""

    right: int
    pictures: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.pictures


@dataclass(frozen=True, eq=False)
class Wall:
    """N pictures without and with an intervention.

    Attributes:
        table: columns picture, row (of the N), class, before, after (what it is taken for) and
            state (of `STATES`); those that changed first, each in the order that they came in.
        before, after: of the pictures whose class is known; None where there is none.
        by_class: columns class, pictures, before, after (how many are right).
    """

    table: pd.DataFrame
    before: Share | None
    after: Share | None
    by_class: pd.DataFrame

    @property
    def changed(self) -> int:
        """Pictures that are taken for something else."""
        return int(self.table["state"].isin(CHANGED).sum())


def wall_of(
    names: Sequence[str],
    labels: Sequence[str],
    outputs: tuple[np.ndarray, np.ndarray],
    truth: Truth,
    output: Output,
) -> Wall:
    """The wall of N pictures.

    Args:
        names, labels: of the pictures.
        outputs: (N, K), without and with.
        truth: their classes, as far as the network knows them.
        output: what the outputs are.
    """
    shown = tuple(output.shown(each) for each in outputs)
    known, true = truth.known, truth.rows[truth.known]
    was, now = (score(each[known], true, output).right for each in outputs)
    facts = {
        "picture": list(names),
        "row": np.arange(len(names)),
        "class": list(labels),
        "before": output.said(shown[0]),
        "after": output.said(shown[1]),
        "state": _states(~output.same(*shown), known, was, now),
    }
    table = pd.DataFrame(facts)
    rank = table["state"].map(lambda state: min(STATES.index(state), len(CHANGED)))
    table = table.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)
    return Wall(table, _share(was), _share(now), _by_class(truth, was, now))


def _states(changed: np.ndarray, known: np.ndarray, was: np.ndarray, now: np.ndarray) -> list[str]:
    states = np.where(changed, MOVED, SAME).astype(object)
    right = {(True, False): BROKEN, (False, True): MENDED}
    for row, before, after in zip(known, was, now, strict=True):
        still = MOVED if changed[row] and not after else RIGHT if after else WRONG
        states[row] = right.get((bool(before), bool(after)), still)
    return list(states)


def _share(right: np.ndarray) -> Share | None:
    if not len(right):
        return None
    _, low, high = wilson(right)
    return Share(int(right.sum()), len(right), low, high)


def _by_class(truth: Truth, was: np.ndarray, now: np.ndarray) -> pd.DataFrame:
    true = truth.rows[truth.known]
    rows = [
        (truth.classes[row], int(here.sum()), int(was[here].sum()), int(now[here].sum()))
        for row, here in ((row, true == row) for row in np.unique(true))
    ]
    return pd.DataFrame(rows, columns=["class", "pictures", "before", "after"])


def swept_like(sweep: Sweep, wanted: Intervention) -> pd.Series | None:
    """The row of `sweep_table` under the same intervention; None where the sweep has none."""
    kind = wanted.kind
    if isinstance(kind, Blend) and kind.value == 1:
        kind = kind.goal
    if kind == Constant(1.0):
        kind = Bypass()
    same = replace(wanted, kind=kind)
    if same not in sweep.plan:
        return None
    return sweep_table(sweep, [sweep.plan.index(same)]).iloc[0]
