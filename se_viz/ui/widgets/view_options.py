"""What a page shows: chosen in widgets, kept in the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from se_viz.analysis.channels import Choice, Order, default_blocks
from se_viz.analysis.profiles.groups import Group
from se_viz.probe.gates.blocks import Block
from se_viz.ui.widgets.figure_card import on_phone
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.segments import one_of

CLASSES_SHOWN, OWN_SHOWN, MOST_SHOWN = 4, 10, 24
CHANNELS: dict[str, Choice] = {
    "50 sampled": "paper",
    "50 most class-specific": "specific",
    "all channels": "all",
}
ORDERS: dict[str, Order] = {"by number": "index", "by mean gate": "all"}
SHOWS = {"both": "Both", "mine": "Only mine", "reference": "Only the reference"}


@dataclass(frozen=True)
class Shown:
    """Everything that decides what the figures of a page show."""

    groups: tuple[Group, ...]
    classes: tuple[str, ...]
    blocks: tuple[str, ...]
    choice: Choice
    order: Order
    band: bool
    columns: int

    @property
    def source(self) -> str:
        return source_of(self.groups)


def choose(reference: Group, mine: Group | None) -> Shown:
    """The widgets; the link holds what they say.

    What comes and goes has a place of its own, as a browser takes widgets that move for new ones
    and stops to write them into its address.
    """
    with st.container():
        groups = _groups(reference, mine)
    known = class_names(reference, mine)
    wide, narrow = st.columns([3, 2])
    default = list(mine.profile.classes[:OWN_SHOWN] if mine else known[:CLASSES_SHOWN])
    with wide:
        classes = st.multiselect(
            "Classes", known, default, key="classes", bind="query-params", max_selections=MOST_SHOWN
        )
    with narrow:
        blocks = _blocks(reference.profile.blocks)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choice = one_of("Channels", CHANNELS, "channels")
        order = one_of("Order of channels", ORDERS, "order")
        columns = one_of(
            "Panels side by side", ["1", "2", "3"], "columns", "1" if on_phone() else "2"
        )
        band = st.toggle("± 1 standard deviation", key="band", bind="query-params")
    return Shown(
        groups,
        tuple(classes),
        blocks,
        CHANNELS[choice],
        ORDERS[order],
        band,
        int(columns),
    )


def source_of(groups: Sequence[Group]) -> str:
    """Where the numbers of some groups come from, in words."""
    return "measured on: " + "; ".join(group.title for group in groups)


def group_of(
    groups: Sequence[Group], widget: Callable[..., Any], label: str, usual: Group, key: str, **more
) -> Group:
    """One of the reference and one's own pictures; the link holds which, whatever its title."""
    known = dict(zip(("reference", "mine"), groups, strict=False))
    first = next(name for name, group in known.items() if group is usual)
    wanted = pick(widget, label, list(known), first, key, lambda name: known[name].title, **more)
    return known[wanted]


def class_names(reference: Group, mine: Group | None) -> tuple[str, ...]:
    """All classes in one fixed order, so that each keeps its colour."""
    own = mine.profile.classes if mine else ()
    return tuple(dict.fromkeys((*reference.profile.classes, *own)))


def _groups(reference: Group, mine: Group | None) -> tuple[Group, ...]:
    if mine is None:
        return (reference,)
    shown = one_of("Show", SHOWS, "show", format_func=lambda key: SHOWS[key])
    return {"both": (reference, mine), "mine": (mine,), "reference": (reference,)}[shown]


def _blocks(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Chosen blocks in order of depth; a stage stands for all of its blocks."""
    names = [block.name for block in blocks]
    stages = {f"stage {b.stage}": b.stage for b in blocks if b.stage}
    chosen = st.multiselect(
        "Blocks, or whole stages",
        [*stages, *names],
        default_blocks(blocks),
        key="blocks",
        bind="query-params",
    )
    wanted = {stages[name] for name in chosen if name in stages}
    return tuple(b.name for b in blocks if b.name in chosen or b.stage in wanted)
