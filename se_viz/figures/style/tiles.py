"""Pictures and feature maps as tiles of one panel, with words beside them."""

from __future__ import annotations

import base64
import io

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from se_viz.figures.style import layout

DIVERGING = (
    (0.0, "#00304F"),
    (0.25, "#0072B2"),
    (0.5, "#F4F4F4"),
    (0.75, "#D55E00"),
    (1.0, "#662D00"),
)
"""Blue below 0, orange above: apart for colour-blind readers, also in lightness from 0."""
GAP = 0.12
"""Between tiles; a tile is 1 wide and high."""
BAR = 78
"""Pixels above the tiles, for the key of colours."""
WIDE, NARROW = 800, 350
"""Pixels that the tiles of a page, and of a phone, are laid out for; they shrink where it has
fewer."""


def board(width: float, height: float, columns: int, limit: float) -> tuple[go.Figure, int]:
    """An empty panel for tiles, y downwards, in units of a tile.

    Args:
        width, height: of all tiles.
        columns: 1 on a narrow page.
        limit: where colours end, above and below 0.

    Returns:
        The figure, and the pixels that the tiles take.
    """
    pixels = round((WIDE if columns > 1 else NARROW) * height / width)
    figure = layout.bare(pixels + BAR + 12)
    bare = {"visible": False, "constrain": "domain"}
    figure.layout.xaxis.update(range=[0, width], constraintoward="left", **bare)
    figure.layout.yaxis.update(range=[height, 0], constraintoward="top", scaleanchor="x", **bare)
    figure.update_layout(
        margin={"t": BAR, "b": 12, "l": 8, "r": 8},
        coloraxis=_scale(limit, pixels),
        showlegend=False,
    )
    return figure, pixels


def _scale(limit: float, pixels: int) -> dict:
    shown = float(f"{limit:.3g}")
    return {
        "colorscale": DIVERGING,
        "cmin": -shown,
        "cmax": shown,
        "colorbar": {
            "title": {"text": "value at a position", "side": "top", "font": {"size": 12}},
            "orientation": "h",
            "thickness": 10,
            "xpad": 24,
            "ypad": 0,
            "lenmode": "pixels",
            "len": 260,
            "x": 0,
            "xanchor": "left",
            "y": 1 + 6 / pixels,
            "yanchor": "bottom",
            "tickvals": [-shown, 0, shown],
            "ticktext": [f"≤ −{shown:g}", "0", f"≥ {shown:g}"],
        },
    }


def tile(values: np.ndarray, left: float, top: float, words: str) -> go.Heatmap:
    """A feature map (h, w) as a tile; hovering tells `words` and the value."""
    height, width = values.shape
    side = 1 / max(height, width)
    return go.Heatmap(
        z=layout.rounded(values),
        x0=left + side / 2,
        dx=side,
        y0=top + side / 2,
        dy=side,
        coloraxis="coloraxis",
        hovertemplate=f"{layout.plain(words)}<br>%{{z:.4f}}<extra></extra>",
    )


def photograph(figure: go.Figure, picture: np.ndarray, size: float, left: float, top: float):
    """Put uint8 (size, size, 3) on the board."""
    figure.add_layout_image(
        source=data_uri(picture),
        xref="x",
        yref="y",
        x=left,
        y=top,
        sizex=size,
        sizey=size,
        xanchor="left",
        yanchor="top",
        sizing="stretch",
    )
    corners = [left, left + size]
    figure.add_scatter(  # an axis needs a trace
        x=corners, y=[top, top + size], mode="markers", marker={"opacity": 0}, hoverinfo="skip"
    )


def data_uri(picture: np.ndarray) -> str:
    """uint8 (H, W, 3) as a PNG within a link."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def words(x: float, y: float, text: str, **look) -> dict:
    """An annotation on the board, by default above a tile; `text` is markup."""
    usual = {"xanchor": "center", "yanchor": "bottom", "font": {"size": 11}, "showarrow": False}
    return usual | {"x": x, "y": y, "xref": "x", "yref": "y", "text": text} | look


def outline(left: float, top: float, size: float = 1) -> dict:
    """A thin frame, as a map near 0 is as light as a page."""
    line = {"color": "rgba(128,128,128,0.6)", "width": 1}
    end = {"x1": left + size, "y1": top + size}
    return {"type": "rect", "x0": left, "y0": top, "line": line, "xref": "x", "yref": "y"} | end
