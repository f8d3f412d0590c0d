"""Looking at figures: their traces, the texts that a reader sees, and how large they are."""

from __future__ import annotations

import json
from collections.abc import Iterator

import plotly.graph_objects as go

from se_viz.analysis.channels import channels_of
from se_viz.analysis.profiles.groups import Group
from se_viz.figures.style.palette import class_colours
from tests.make import BLOCKS, CLASSES, make_profile

SMALL = (BLOCKS[0], BLOCKS[6], BLOCKS[15])
"""SE_2_1 with 128 channels, SE_3_4 with 256, SE_5_3 with 1024."""
NAMES = tuple(block.name for block in SMALL)
COLOURS = class_colours(CLASSES)
HOSTILE = "<img src=x onerror=alert(1)>&%{y}"
LIMIT = 3_000_000
"""Bytes of JSON that a figure may send to the browser."""


def group(title: str = "my pictures", classes=CLASSES[:3], blocks=SMALL, **choice) -> Group:
    return Group(title, make_profile(classes, blocks, pictures=2, **choice))


def channels(profile, choice: str = "all", order: str = "index"):
    return channels_of(profile, [block.name for block in profile.blocks], choice, order)


def named(figure: go.Figure, name: str) -> list:
    return [trace for trace in figure.data if trace.name == name]


def titles(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def is_note(figure: go.Figure) -> bool:
    """Whether a figure only says why it shows nothing."""
    return len(figure.data) == 0 and len(titles(figure)) == 1


def texts(figure: go.Figure) -> list[str]:
    """Everything that is drawn or shown as text; groups of the legend are not."""
    hidden = ("legendgroup", "bdata", "template")
    return list(_strings(json.loads(figure.to_json()), hidden))


def _strings(value, hidden: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, hidden)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in hidden:
                yield from _strings(item, hidden)


def size(figure: go.Figure) -> int:
    return len(figure.to_json().encode())
