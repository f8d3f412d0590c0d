"""The wall of pictures in Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from se_viz.ui.components.registered import component
from se_viz.ui.widgets.strip import data_uri


@dataclass(frozen=True)
class Card:
    """One picture of a wall.

    Attributes:
        id: what tells it from others.
        src: its address, a `data:` one where it is at hand as bytes.
        state: how it stands out: broken, mended or moved with a frame, right, wrong or same pale,
            plain as it is.
        now: under the picture, "" for nothing.
        said: all of it, for people who point at it or listen to it.
    """

    id: str
    src: str
    state: str
    now: str
    said: str


def card_of(digest: str, thumbnail: bytes, state: str, now: str, said: str) -> Card:
    """The card of a JPEG."""
    return Card(digest, data_uri(thumbnail), state, now, said)


def show(
    cards: Sequence[Card],
    chosen: str,
    on_choice: Callable[[str], None],
    *,
    label: str,
    key: str,
    small: bool = False,
) -> None:
    """Draw the cards in their order; a click on one calls `on_choice` with its id.

    Args:
        chosen: the id of the one that is marked.
        label: what they are, for screen readers.
        small: as a strip to choose from.
    """
    draw, ids = component("wall"), {card.id for card in cards}
    draw(
        key=key,
        data=wall_data(cards, chosen, label, small),
        on_chosen_change=lambda: told(st.session_state[key], ids, on_choice),
    )


def wall_data(cards: Sequence[Card], chosen: str, label: str, small: bool) -> dict[str, Any]:
    """What `wall/figure.js` draws, as plain values."""
    return {
        "label": label,
        "small": small,
        "chosen": chosen,
        "cards": [asdict(card) for card in cards],
    }


def told(state: Mapping[str, Any], ids: Set[str], on_choice: Callable[[str], None]) -> None:
    """Hand on what the browser says was clicked on, where it is there."""
    found = str(state.get("chosen") or "")
    if found in ids:
        on_choice(found)
