"""Figures for a file that needs no server: their data, and the library that draws them."""

from __future__ import annotations

from typing import Any, TypeAlias

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from se_viz.figures.style.layout import config

Figure: TypeAlias = go.Figure


def library() -> str:
    """The source of plotly.js, about 5 MB, for a script tag."""
    return get_plotlyjs().replace("\r\n", "\n")


def spec(figure: Figure) -> str:
    """A figure's data and layout as JSON."""
    return figure.to_json()


def settings(name: str) -> dict[str, Any]:
    """Toolbar settings as in the app; the camera saves an SVG under the figure's name."""
    return config(name)


def height(figure: Figure) -> int:
    """Pixels that a figure takes."""
    return int(figure.layout.height or 450)
