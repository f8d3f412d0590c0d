"""One picture in another light, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from se_viz.experiments.shifts.gate_sources import ADAPTIVE, FROZEN, HELD, OTHER, SAME
from se_viz.pictures.shifts import KINDS, Light, Shift
from se_viz.ui.sentences.common import percent

NO_CLASSES = (
    "This network says no classes, so there is no prediction to follow; its gates move all the "
    "same."
)
NO_FROZEN = (
    "There is no class profile of this network, so no mean to freeze gates at; make one on the "
    "page **The network**."
)
NO_RECORD = (
    "One picture says nothing, and no record of many ships for this network; the page **When "
    "adapting matters** measures pictures of yours."
)
GONE = "The picture can no longer be read, so its light cannot be changed."
AS_SEEN, AS_IT_IS = "as the network sees it", "as it is"
FROM_HERE = "From here on, the picture as it is."
LEAST = 0.005
"""A share below which nothing is said to have been lost."""
TOLD = {
    ADAPTIVE: "gates adapt",
    HELD: "clean gates, an oracle",
    FROZEN: "frozen at the mean",
    SAME: "of another picture of its class",
}
Row = Any


def dial(shift: Shift) -> str:
    """The label of the dial."""
    return f"{shift.title}, from {shift.harmless:g} (as it is) to {shift.course[-1]:g}"


def dial_help(shift: Shift) -> str:
    return f"{shift.unit[0].upper()}{shift.unit[1:]}. {shift.source}."


def source_in(source: str, light: Light) -> str:
    """Where numbers come from."""
    return f"{source}, {light}, seed {light.seed}"


def told(gates: str, other: str) -> str:
    """Whose gates a picture has; `other` is the other class."""
    return f"gates of {other}" if gates == OTHER else TOLD[gates]


def whose_gates(found: Mapping[str, str]) -> str:
    """Where the gates that a picture is given come from: source -> words."""
    begin = {SAME: "Of its class", OTHER: "Of another class", FROZEN: "Frozen at the mean over"}
    said = (f"{begin[gates]}: {whose}" for gates, whose in found.items())
    return f"{'; '.join(said)}."


def of_partner(name: str, picture: str, group: str) -> str:
    """Whose gates: a picture's, or a class's mean over a group."""
    return f"{picture} ({name})" if picture else f"the mean of {name} over the {group}"


def comes_to(table: pd.DataFrame) -> str:
    """One sentence about a picture, of an `answer_table` of all blocks with the columns of
    `Beside` and told; Markdown."""
    rows = {row.gates: row for row in table.itertuples()}
    adaptive = rows[ADAPTIVE]
    parts = [f"{_share(row, adaptive)} {_with(row)}" for row in rows.values()]
    listed = ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{_kept(adaptive, rows.get(FROZEN))} It gets {listed}."


def _kept(adaptive: Row, frozen: Row | None) -> str:
    """What adapting does for this picture, against gates that are frozen."""
    name = f"**{adaptive.clean_class}**"
    kept = adaptive.now == adaptive.clean_class
    if frozen is None:
        return f"It stays {name}." if kept else f"{name} becomes **{adaptive.now}**."
    still = frozen.now == frozen.clean_class
    if kept and still:
        return f"It stays {name}, whether gates adapt or not."
    if kept:
        return f"It stays {name} with gates that adapt; with frozen ones it is **{frozen.now}**."
    if still:
        return f"Gates that adapt take it for **{adaptive.now}**; with frozen ones it stays {name}."
    return f"{name} is lost, whether gates adapt or not."


def _with(row: Row) -> str:
    """Whose gates, after a number; of another class's also whether it is then taken for that."""
    if row.gates == OTHER:
        taken = ", and is taken for it" if f"gates of {row.now}" == row.told else ""
        return f"with {row.told}{taken}"
    return {
        ADAPTIVE: "with gates that adapt",
        HELD: "with the clean picture’s gates, an oracle",
        FROZEN: "with gates frozen at their mean",
    }[row.gates]


def _share(row: Row, adaptive: Row) -> str:
    """This picture's probability, and in brackets the share of many."""
    own = f"**{percent(row.of_clean)}**"
    if not row.pictures:
        return own
    there = "" if row.measured == adaptive.measured else f" at {row.measured:g}"
    return f"{own} ({percent(row.accuracy)}{there})"


def in_brackets(adaptive: Row, light: Light) -> str:
    """What the numbers in brackets are."""
    if not adaptive.pictures:
        return NO_RECORD
    there = "this strength" if adaptive.measured == light.strength else _nearest(adaptive, light)
    return (
        f"In brackets, since one picture says nothing: how many of {adaptive.pictures:,} "
        f"validation pictures are right with such gates, at {there}."
    )


def _nearest(row: Row, light: Light) -> str:
    kind = KINDS[light.kind]
    if row.measured == kind.harmless:
        return "no shift, the nearest strength that was measured"
    return f"{kind.title.lower()} {row.measured:g}, the nearest strength that was measured"


def hold_in(one: str) -> str:
    """A heading; `one`: "stage 2", or another part of a network."""
    kind = "stage" if one.startswith("stage") else "part of the network"
    return f"Hold the gates in one {kind}"


def which_part(placed: pd.DataFrame, adaptive: Row) -> str:
    """Which part answered to the light, and which tells the class, of an `answer_table` of single
    parts; Markdown."""
    said = []
    for gates, asks in ((HELD, "Held as they were"), (OTHER, "Of another class")):
        rows = placed[placed["gates"] == gates]
        if len(rows):
            said.append(_costs_most(rows, adaptive, asks))
    return " ".join(said)


def _costs_most(rows: pd.DataFrame, adaptive: Row, asks: str) -> str:
    worst = rows.loc[rows["of_clean"].idxmin()]
    if worst["of_clean"] > adaptive.of_clean - LEAST:
        return f"{asks}, no part’s gates cost **{adaptive.clean_class}** anything here."
    now = "" if worst["now"] == worst["clean_class"] else f", and it becomes **{worst['now']}**"
    return (
        f"{asks}, the gates of **{worst['where']}** cost most: {percent(adaptive.of_clean)} "
        f"falls to **{percent(worst['of_clean'])}**{now}."
    )


def over_many(rows: pd.DataFrame, accuracy: float, kind: str) -> str:
    """What the same costs over many pictures; `accuracy` with gates that adapt, where `rows`, of
    an `answer_table` of single parts with the columns of `Beside`, were measured."""
    found = []
    for gates, whose in ((HELD, "held as they were"), (OTHER, "of another class")):
        these = rows[(rows["gates"] == gates) & (rows["pictures"] > 0)]
        if len(these):
            worst = these.loc[these["accuracy"].idxmin()]
            found.append(f"{whose}, {_points(worst, accuracy)}")
    if not found:
        return ""
    count, there = int(rows["pictures"].max()), rows["measured"].max()
    where = f"{KINDS[kind].title.lower()} {there:g}"
    return f"Over {count:,} validation pictures at {where}: {'; '.join(found)}."


def _points(worst: pd.Series, accuracy: float) -> str:
    lost = 100 * (accuracy - worst["accuracy"])
    if lost < 100 * LEAST:
        return "no part’s gates cost anything"
    return f"those of {worst['where']} cost most, {lost:.1f} points"
