"""Squeeze and scale as pictures: a block's feature maps before and after."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from se_viz.analysis.one_picture.maps import Maps
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.tiles import GAP, board, outline, photograph, tile, words

ROOM, NARROW_ROOM = 0.36, 0.54
"""Two lines above each map, in tiles."""


def shown(columns: int) -> int:
    """Channels that a page of so many columns has room for."""
    return 8 if columns > 1 else 4


def squeeze_maps(maps: Maps, picture: np.ndarray, columns: int = 2) -> go.Figure:
    """The picture, and beside it U's maps, each over the mean that squeeze makes of it.

    Args:
        maps: of one channel or more.
        picture: uint8 (size, size, 3), as the network sees it.
        columns: 1 on a narrow page.
    """
    if not len(maps.channels):
        return layout.note("No channel is chosen.")
    across = max(1, shown(columns) // 2)
    room = ROOM if columns > 1 else NARROW_ROOM
    large, pitch = 2 + room, 1 + room
    start = large + 2 * GAP
    places = [
        (start + (1 + GAP) * (i % across), room + pitch * (i // across))
        for i in range(len(maps.channels))
    ]
    figure, _ = board(start + (1 + GAP) * across - GAP, 2 * pitch, columns, maps.limit)
    photograph(figure, picture, large, 0, room)
    figure.add_traces(
        [
            tile(values, *place, f"channel {channel}")
            for values, channel, place in zip(maps.u, maps.channels, places, strict=True)
        ]
    )
    notes = [words(large / 2, room, "<b>the picture</b>")]
    for (left, top), channel, mean in zip(places, maps.channels, maps.z, strict=True):
        notes.append(words(left + 0.5, top, f"<b>channel {channel}</b><br>mean {_signed(mean)}"))
    return figure.update_layout(annotations=notes, shapes=[outline(*place) for place in places])


def scale_maps(maps: Maps, columns: int = 2) -> go.Figure:
    """Each channel of U above, of X below, the gate between them; all on one scale of colours.

    Args:
        maps: of one channel or more.
        columns: 1 on a narrow page.
    """
    if not len(maps.channels):
        return layout.note("No channel is chosen.")
    side, upper, lower = 0.24, 0.2, 1 + 2 * 0.2 + 0.1
    lefts = [side + (1 + GAP) * i for i in range(len(maps.channels))]
    figure, _ = board(side + (1 + GAP) * shown(columns), lower + 1, columns, maps.limit)
    traces, notes, shapes = [], [], []
    for left, channel, gate, u, x in zip(lefts, maps.channels, maps.s, maps.u, maps.x, strict=True):
        traces.append(tile(u, left, upper, f"U, channel {channel}"))
        traces.append(tile(x, left, lower, f"X, channel {channel}"))
        notes.append(words(left + 0.5, upper, f"channel {channel}"))
        notes.append(words(left + 0.5, lower, f"<b>× {gate:.2f}</b> ↓", font_size=12))
        shapes += [outline(left, upper), outline(left, lower)]
    for name, top in (("U", upper), ("X", lower)):
        notes.append(words(side / 2, top + 0.5, f"<b>{name}</b>", yanchor="middle", font_size=14))
    figure.add_traces(traces)
    return figure.update_layout(annotations=notes, shapes=shapes)


def _signed(number: float) -> str:
    return f"{number:.3f}".replace("-", "−")


FEATURE_MAPS = FigureEntry(
    "feature-maps",
    squeeze_maps,
    how="""
Each square is one channel of U, the feature map that enters the block: **orange** is above 0,
**blue** below, near-white is 0. All squares share one scale of colours; it ends where 99.5% of
the values shown lie, and what is beyond has the last colour. Squeeze keeps one number of each
square, its mean, the number above it. Places in a square correspond to places in the picture,
though a position deep in the network has seen far more of it than its own patch.
""",
    named="Squeeze: feature maps and their means",
)
BEFORE_AND_AFTER = FigureEntry(
    "before-and-after",
    scale_maps,
    how="""
Each column is a channel: what enters the block (**U**) above, what leaves it (**X**) below, the
gate between them. Both rows share one scale of colours, which ends where 99.5% of the values shown
lie. A gate makes a map paler, all over and by the same factor; it never changes what is in it. A
channel that is pale above stays pale, whatever its gate.
""",
    named="Scale: feature maps before and after",
)
