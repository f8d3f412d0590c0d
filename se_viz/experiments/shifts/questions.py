"""What adapting is for, as questions asked of a record of shifts, each with the number that decides.

| claim | number that decides | holds if |
|---|---|---|
| a fixed scale does, whatever the light | points that freezing all gates costs beyond what it costs clean, of the shift where that is most | its interval ends under 5 in every shift |
| early gates answer to the light, alike in all pictures | common share of the move, first part less last | above 0, with its interval |
| late gates answer to the class | class's share of the clean spread, last part less first | above 0, with its interval |
| gates carry the class | share right on plain grey with the clean picture's gates | its interval lies above chance |
| adapting gates steady the signal | share of blocks in which X changes less with them | above one half |

The thresholds are ours. Parts are stages, or pieces of equal depth.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from se_viz.analysis.networks.paper import Finding
from se_viz.experiments.shifts import sentences
from se_viz.experiments.shifts.findings import (
    LITTLE,
    EarlyAndLate,
    Need,
    carried,
    early_and_late,
    foremost,
    needs,
    steadied,
    told_lights,
)
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.pictures.shifts import Light

OURS = "ours, on the page When adapting matters"
CLAIMS = (
    "A fixed scale does, whatever the light.",
    "Early gates answer to the light, alike in all pictures.",
    "Late gates answer to the class.",
    "Gates carry the class.",
    "Gates that adapt steady the signal.",
)
HALF = 0.5
NOT_ASKED = "The numbers that would decide were not measured."


def findings_of(record: ShiftRecord, table: pd.DataFrame, source: str) -> tuple[Finding, ...]:
    """Every claim, asked of a record.

    Args:
        record: what was measured.
        table: its `shift_table`.
        source: where its numbers come from, in words.
    """
    asked = needs(table)
    light = _light(record, asked)
    parts = early_and_late(record, light) if light else None
    return (
        _fixed_scale(asked, source),
        _early(parts, light, source),
        _late(parts, source),
        _carried(record, table, source),
        _steadied(record, light, source),
    )


def _light(record: ShiftRecord, asked: Sequence[Need]) -> Light | None:
    """The light in which gates are looked at: that which needs them most, else the first."""
    most, lights = foremost(asked), told_lights(record)
    return most.light if most and most.light in lights else next(iter(lights), None)


def _finding(
    place: int, holds: bool | None, number: float | None, facts: tuple[str, str, str, str]
) -> Finding:
    """Facts: what the number is, its threshold, itself as text, and the sentence."""
    meaning, threshold, short, sentence = facts
    return Finding(CLAIMS[place], OURS, holds, number, meaning, threshold, short, sentence, (), "")


def _fixed_scale(asked: Sequence[Need], source: str) -> Finding:
    meaning = "points that freezing all gates costs beyond what it costs on clean pictures, at most"
    threshold = f"surely under {100 * LITTLE:.0f} in every shift"
    known = [need for need in asked if need.needed is not None]
    if not known:
        return _finding(0, None, None, (meaning, threshold, "", NOT_ASKED))
    most = min(known, key=lambda need: need.beyond)
    sure = len(known) == len(asked) and not any(need.needed for need in asked)
    holds = True if sure else False if any(need.needed for need in asked) else None
    short = f"{-100 * most.beyond:.1f} points at {most.light}"
    said = f"At {most.light}, {sentences.need(most)}. {_on(source)}"
    return _finding(0, holds, -100 * most.beyond, (meaning, threshold, short, said))


def _early(parts: EarlyAndLate | None, light: Light | None, source: str) -> Finding:
    meaning = "common share of how gates move, of the first part less that of the last"
    if parts is None:
        return _finding(1, None, None, (meaning, ABOVE, "", NOT_ASKED))
    first, last = parts.common
    said = (
        f"At {light}, {first:.0%} of how gates move is common to all pictures in {parts.first}, "
        f"{last:.0%} in {parts.last}. {_on(source)}"
    )
    short = f"{100 * (first - last):+.0f} points"
    return _finding(1, parts.light_first, first - last, (meaning, ABOVE, short, said))


ABOVE = "above 0 by more than its interval"


def _late(parts: EarlyAndLate | None, source: str) -> Finding:
    meaning = "the class's share of the clean spread, of the last part less that of the first"
    if parts is None:
        return _finding(2, None, None, (meaning, ABOVE, "", NOT_ASKED))
    first, last = parts.classes
    said = (
        f"{last:.0%} of how far clean gates lie apart follows the class in {parts.last}, "
        f"{first:.0%} in {parts.first}. {_on(source)}"
    )
    short = f"{100 * (last - first):+.0f} points"
    return _finding(2, parts.class_last, last - first, (meaning, ABOVE, short, said))


def _carried(record: ShiftRecord, table: pd.DataFrame, source: str) -> Finding:
    meaning = "share that is right on plain grey with the gates of the picture that was there"
    found = carried(record, table)
    if found is None:
        return _finding(3, None, None, (meaning, "surely above chance", "", NOT_ASKED))
    threshold = f"surely above {found.chance:.0%}, which one class said of all would reach"
    said = f"{sentences.carry_the_class(found)} {_on(source)}"
    return _finding(3, found.holds, found.right, (meaning, threshold, f"{found.right:.0%}", said))


def _steadied(record: ShiftRecord, light: Light | None, source: str) -> Finding:
    meaning = "share of blocks in which X surely changes less with gates that adapt"
    found = steadied(record, light) if light else None
    if found is None:
        return _finding(4, None, None, (meaning, "above one half", "", NOT_ASKED))
    share = len(found.less) / found.blocks
    said = f"At {light}: {sentences.steadies(found)} {_on(source)}"
    short = f"{len(found.less)} of {found.blocks} blocks"
    return _finding(4, share > HALF, share, (meaning, "above one half", short, said))


def _on(source: str) -> str:
    return f"{source[0].upper()}{source[1:]}."
