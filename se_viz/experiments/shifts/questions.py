"""What nobody asked in the paper: three questions that only a change of light answers.

| question | number that decides | holds if |
|---|---|---|
| do early gates answer to the light, and late ones to the class? | common share of the move, first part less last; class's share of the clean spread, last part less first | both above 0, by more than their intervals |
| do gates carry the class? | accuracy on a plain grey with the clean picture's gates | its interval is above the share of the commonest class |
| does a fixed scale do? | what freezing all gates costs beyond what it costs clean, in the shift in which it costs most | in every shift the interval stays under 5 points; no if it leaves out 0 in one |

The thresholds are ours.
"""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from se_viz.experiments.shifts.findings import LITTLE, carried, early_and_late, foremost, needs
from se_viz.experiments.shifts.plans import MAIN, TOLD
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.shifts.tables import shift_table
from se_viz.pictures.shifts import Light


@dataclass(frozen=True)
class Answer:
    """One question, asked of a network.

    Attributes:
        question: of the weights.
        holds: whether it is so here; None where it cannot be asked.
        meaning: what the number is; threshold: what it is held against.
        short: the number as text; "" where it cannot be asked.
        sentence: the answer with its numbers.
    """

    question: str
    holds: bool | None
    meaning: str
    threshold: str
    short: str
    sentence: str


EARLY = "Do early gates answer to the light, and late ones to the class?"
CLASS = "Do gates carry the class?"
FIXED = "Does a fixed scale do?"
_CANNOT = "Cannot be asked here: it was not measured."


def answers_of(record: ShiftRecord) -> tuple[Answer, ...]:
    """All three, of a record."""
    table = shift_table(record)
    light = Light(MAIN[0], TOLD[MAIN[0]])
    return _early(record, light), _class(record, table), _fixed(table)


def _early(record: ShiftRecord, light: Light) -> Answer:
    meaning = (
        "share of the gates' move that all pictures have in common; class's share of the spread"
    )
    threshold = "the first falls and the second rises with depth, both by more than their intervals"
    found = early_and_late(record, light)
    if found is None:
        return Answer(EARLY, None, meaning, threshold, "", _CANNOT)
    (common, late), (first, last) = found.common, found.classes
    short = f"{common:.1%} to {late:.1%}, {first:.1%} to {last:.1%}"
    sentence = (
        f"At {light}, {common:.1%} of the gates' move in {found.first} is the same for every "
        f"picture, in {found.last} {late:.1%}; of their spread over clean pictures the class makes "
        f"{first:.1%} and {last:.1%}."
    )
    return Answer(EARLY, found.holds, meaning, threshold, short, sentence)


def _class(record: ShiftRecord, table: pd.DataFrame) -> Answer:
    meaning = "share right on a plain grey, with the gates of the clean picture"
    threshold = "the interval is above the share of the commonest class"
    found = carried(record, table)
    if found is None:
        return Answer(CLASS, None, meaning, threshold, "", _CANNOT)
    taken = ""
    if found.taken is not None:
        taken = (
            f" Given another class's gates, {found.taken[0]:.1%} of them are taken for that class."
        )
    sentence = (
        f"On a plain grey that shows nothing, the clean picture's gates alone bring "
        f"{found.right:.1%} right ({found.low:.1%} to {found.high:.1%}), where one class for all "
        f"would bring {found.chance:.1%}.{taken}"
    )
    return Answer(CLASS, found.holds, meaning, threshold, f"{found.right:.1%}", sentence)


def _fixed(table: pd.DataFrame) -> Answer:
    meaning = (
        "what freezing all gates costs beyond what it costs on pictures as they are, in points"
    )
    threshold = f"its interval stays under {100 * LITTLE:.0f} points in every shift"
    asked = [need for need in needs(table) if not np.isnan(need.high)]
    if not asked:
        return Answer(FIXED, None, meaning, threshold, "", _CANNOT)
    worst = foremost(asked) or min(asked, key=lambda need: need.beyond)
    short = f"{100 * -worst.beyond:.1f} points at {worst.light}"
    sentence = (
        f"Frozen at their mean, gates cost {100 * -worst.clean:.1f} points on pictures as they "
        f"are and {100 * -worst.change:.1f} at {worst.light}: {100 * -worst.beyond:.1f} more "
        f"({100 * -worst.high:.1f} to {100 * -worst.low:.1f}). In {_count(asked)} shifts, freezing "
        "surely costs more than clean."
    )
    verdicts = {need.needed for need in asked}
    holds = False if True in verdicts else None if None in verdicts else True
    return Answer(FIXED, holds, meaning, threshold, short, sentence)


def _count(asked: list) -> str:
    return f"{sum(bool(need.needed) for need in asked)} of {len(asked)}"
