"""Thumbnails with what the network thinks it sees."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

import streamlit as st

from se_viz.analysis.predictions.tables import top
from se_viz.nets.output import Output
from se_viz.ui.sentences import labels
from se_viz.ui.state.session import Collection, Shot

SHOWN = 24

STYLE = """
<style>
.strip {display: flex; gap: 12px; overflow-x: auto; padding: 4px 2px 12px;}
.shot {flex: 0 0 168px; font-size: 12px; line-height: 1.35;}
.shot img {height: 112px; width: 100%; object-fit: contain; border-radius: 6px;
  background: rgba(128,128,128,.12);}
.shot .name, .guess .what {overflow: hidden; text-overflow: ellipsis; white-space: nowrap;}
.shot .name {font-weight: 600; margin-top: 4px;}
.shot .label {opacity: .75; margin-bottom: 3px;}
.guess {position: relative; display: flex; justify-content: space-between; gap: 6px;
  padding: 0 4px; margin-bottom: 1px;}
.guess .bar {position: absolute; inset: 0 auto 0 0; border-radius: 3px;
  background: rgba(0,114,178,.25); min-width: 1px;}
.guess span {position: relative;}
</style>
"""


def show(mine: Collection) -> None:
    """A strip of thumbnails, a page of 24 at a time, each with its five likeliest classes, or its
    highest scores."""
    reading = mine.reading
    assert reading is not None  # there are shots
    st.subheader(f"Your pictures{_WHAT[reading.output.guesses] * bool(reading.output.classes)}")
    pages = -(-len(mine) // SHOWN)
    page = st.pagination(pages, key="strip page", bind="query-params") if pages > 1 else 1
    rows = range((page - 1) * SHOWN, min(page * SHOWN, len(mine)))
    guesses = top(reading.outputs[list(rows)], reading.output)
    named = [
        labels.class_from(name, by) for name, by in zip(mine.labels, mine.class_from, strict=True)
    ]
    cards = "".join(
        _card(mine.shots[row], named[row], best, reading.output)
        for row, best in zip(rows, guesses, strict=True)
    )
    st.html(
        f'{STYLE}<div class="strip" role="list" tabindex="0" aria-label="Your pictures">'
        f"{cards}</div>"
    )


_WHAT = {True: ", and what the network takes them for", False: ", and their highest scores"}


def data_uri(thumbnail: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(thumbnail).decode()}"


def ends(cards: Sequence[tuple[bytes, str, str, float]], label: str) -> None:
    """A strip of pictures with their gates.

    Args:
        cards: thumbnail (JPEG), name, class and gate of each.
        label: what the strip holds, for screen readers.
    """
    shown = "".join(
        _shot(thumbnail, name, kind, _bar("gate", gate, f"{gate:.3f}"))
        for thumbnail, name, kind, gate in cards
    )
    st.html(
        f'{STYLE}<div class="strip" role="list" tabindex="0" aria-label="{escape(label)}">'
        f"{shown}</div>"
    )


def _card(shot: Shot, label: str, guesses: list[tuple[str, float]], output: Output) -> str:
    """`label` says where it comes from too."""
    bars = "".join(
        _bar(guess, number if output.guesses else 0, output.number(number))
        for guess, number in guesses
    )
    return _shot(shot.thumbnail, shot.name, label, bars)


def _bar(what: str, share: float, number: str) -> str:
    return (
        f'<div class="guess"><div class="bar" style="width:{100 * share:.1f}%"></div>'
        f'<span class="what">{escape(what)}</span><span>{number}</span></div>'
    )


def _shot(thumbnail: bytes, name: str, label: str, bars: str) -> str:
    name = escape(name)
    return (
        f'<div class="shot" role="listitem"><img src="{data_uri(thumbnail)}" alt="{name}">'
        f'<div class="name" title="{name}">{name}</div>'
        f'<div class="label">class: {escape(label)}</div>{bars}</div>'
    )
