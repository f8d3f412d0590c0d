"""The same picture in each light, small enough to stand under an axis."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from se_viz.figures.style.tiles import data_uri
from se_viz.pictures.shifts import Light

SIDE = 64
"""Pixels of a small picture."""
DETAIL = ("blur", "noise", "jpeg", "resolution")
"""Kinds that change what is lost where a whole picture is made small: of these a part is shown."""
SHOWN, BELOW = 42, 8
"""Pixels of a picture on the page, and between axis and picture."""
ANCHOR = {"xanchor": "center", "yanchor": "top"}


def small(picture: np.ndarray, light: Light, kind: str) -> np.ndarray:
    """uint8 (224, 224, 3) in a light -> (64, 64, 3), as it is drawn for a kind of shift."""
    shown = Image.fromarray(light.apply(picture))
    if kind in DETAIL:
        width, height = shown.size
        left, top = (width - SIDE) // 2, (height - SIDE) // 2
        return np.asarray(shown.crop((left, top, left + SIDE, top + SIDE)))
    return np.asarray(shown.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def add_strip(
    figure: go.Figure, axes: dict[str, str], lights: list[Light], picture: np.ndarray, height: int
) -> None:
    """Pictures under a panel of so many pixels, at 0, 1, ... along its x axis."""
    kind, pixels = lights[-1].kind, picture.tobytes()
    place = {"xref": axes["xaxis"], "yref": f"{axes['yaxis']} domain", "y": -BELOW / height}
    size = {"sizex": 0.94, "sizey": SHOWN / height, "sizing": "contain"}
    strip = [
        {"source": _drawn(pixels, picture.shape, light, kind), "x": x, **place, **size, **ANCHOR}
        for x, light in enumerate(lights)
    ]
    figure.layout.images = [*figure.layout.images, *strip]


@lru_cache(512)
def _drawn(pixels: bytes, shape: tuple[int, ...], light: Light, kind: str) -> str:
    """A small picture as a link; a page that is drawn again has it at hand."""
    return data_uri(small(np.frombuffer(pixels, np.uint8).reshape(shape), light, kind))
