"""Simple scenes of a few shapes each: sky and ground, and something on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

FINER = 4  # scenes are drawn this much larger and reduced, for smooth edges
SKY, NIGHT, GRASS, SAND, SEA, SNOW = (
    "#8ec5f0",
    "#141a3c",
    "#5a9a46",
    "#d9c08a",
    "#2f6fa5",
    "#eef3f7",
)
SUN, MOON, WOOD, LEAF, WALL, ROOF = "#f7d84a", "#e8e6d0", "#6b4628", "#2f7038", "#d8b48c", "#a23b2e"

Point = tuple[float, float]


class Canvas:
    """Drawing in parts of the side: x to the right and y down, both in [0, 1]."""

    def __init__(self, size: int, above: str, below: str, horizon: float = 0.65) -> None:
        self.side = size * FINER
        self.image = Image.new("RGB", (self.side, self.side), above)
        self.pen = ImageDraw.Draw(self.image)
        self.box(0, horizon, 1, 1, below)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self.pen.rectangle([part * self.side for part in (left, top, right, bottom)], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        box = (x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse([part * self.side for part in box], fill=colour)

    def shape(self, corners: Sequence[Point], colour: str) -> None:
        self.pen.polygon([(x * self.side, y * self.side) for x, y in corners], fill=colour)

    def done(self) -> Image.Image:
        return self.image.reduce(FINER)


def _sunset(size: int) -> Image.Image:
    canvas = Canvas(size, "#f2a65a", SEA, 0.6)
    canvas.disc(0.5, 0.6, 0.2, SUN)
    canvas.box(0, 0.6, 1, 1, SEA)
    return canvas.done()


def _night(size: int) -> Image.Image:
    canvas = Canvas(size, NIGHT, "#20301c", 0.75)
    canvas.disc(0.7, 0.25, 0.12, MOON)
    for star in range(24):
        canvas.disc(star * 0.7549 % 1, 0.65 * (star * 0.5698 % 1), 0.006, "white")
    return canvas.done()


def _house(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, GRASS)
    canvas.box(0.3, 0.45, 0.7, 0.8, WALL)
    canvas.shape([(0.25, 0.45), (0.5, 0.22), (0.75, 0.45)], ROOF)
    canvas.box(0.46, 0.6, 0.56, 0.8, WOOD)
    for left in (0.34, 0.6):
        canvas.box(left, 0.52, left + 0.07, 0.6, "#dff0ff")
    return canvas.done()


def _church(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, GRASS, 0.75)
    canvas.box(0.4, 0.52, 0.8, 0.85, SNOW)
    canvas.shape([(0.38, 0.52), (0.6, 0.4), (0.82, 0.52)], ROOF)
    canvas.box(0.22, 0.32, 0.4, 0.85, SNOW)
    canvas.shape([(0.2, 0.32), (0.31, 0.06), (0.42, 0.32)], "#4a4f5c")
    canvas.disc(0.31, 0.42, 0.04, "#4a4f5c")
    return canvas.done()


def _tree(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, GRASS)
    canvas.box(0.46, 0.5, 0.54, 0.85, WOOD)
    for x, y in ((0.5, 0.3), (0.38, 0.4), (0.62, 0.4), (0.5, 0.46)):
        canvas.disc(x, y, 0.15, LEAF)
    return canvas.done()


def _firs(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, SNOW)
    for x in (0.15, 0.38, 0.6, 0.84):
        canvas.box(x - 0.015, 0.75, x + 0.015, 0.85, WOOD)
        for step in range(3):
            top, half = 0.3 + 0.14 * step, 0.06 + 0.025 * step
            canvas.shape([(x - half, top + 0.19), (x, top), (x + half, top + 0.19)], LEAF)
    return canvas.done()


def _mountains(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, GRASS, 0.75)
    for x, top in ((0.25, 0.3), (0.75, 0.25), (0.5, 0.42)):
        canvas.shape([(x - 0.35, 0.76), (x, top), (x + 0.35, 0.76)], "#6d7280")
        canvas.shape([(x - 0.08, top + 0.105), (x, top), (x + 0.08, top + 0.105)], SNOW)
    return canvas.done()


def _boat(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, SEA, 0.6)
    canvas.shape([(0.25, 0.62), (0.75, 0.62), (0.66, 0.74), (0.34, 0.74)], WOOD)
    canvas.shape([(0.49, 0.58), (0.49, 0.18), (0.24, 0.58)], "white")
    canvas.shape([(0.52, 0.58), (0.52, 0.24), (0.7, 0.58)], SNOW)
    return canvas.done()


def _road(size: int) -> Image.Image:
    canvas = Canvas(size, SKY, SAND, 0.45)
    canvas.shape([(0.05, 1), (0.48, 0.45), (0.52, 0.45), (0.95, 1)], "#4b4b50")
    for far, near in ((0.5, 0.53), (0.57, 0.62), (0.68, 0.76), (0.85, 0.97)):
        top, bottom = 0.04 * (far - 0.45), 0.04 * (near - 0.45)
        corners = [(0.5 - top, far), (0.5 + top, far), (0.5 + bottom, near), (0.5 - bottom, near)]
        canvas.shape(corners, "white")
    return canvas.done()


def _balls(size: int) -> Image.Image:
    canvas = Canvas(size, "#d0d0d6", "#8a7f76", 0.5)
    for x, y, radius, colour in (
        (0.3, 0.62, 0.17, "#c23b3b"),
        (0.62, 0.7, 0.2, "#e9e9e9"),
        (0.82, 0.5, 0.1, "#3b6fc2"),
    ):
        canvas.disc(x, y, radius, colour)
        canvas.disc(x - radius * 0.35, y - radius * 0.4, radius * 0.2, "white")
    return canvas.done()


def _flower(size: int) -> Image.Image:
    canvas = Canvas(size, "#cfe8c0", GRASS, 0.8)
    canvas.box(0.485, 0.45, 0.515, 0.9, LEAF)
    for petal in range(8):
        turn = petal * math.pi / 4
        canvas.disc(0.5 + 0.15 * math.cos(turn), 0.38 + 0.15 * math.sin(turn), 0.085, "#d05a9a")
    canvas.disc(0.5, 0.38, 0.09, SUN)
    return canvas.done()


def _face(size: int) -> Image.Image:
    canvas = Canvas(size, "#b9c7d6", "#b9c7d6")
    canvas.disc(0.5, 0.5, 0.35, "#f0c9a0")
    for x in (0.37, 0.63):
        canvas.disc(x, 0.42, 0.05, "white")
        canvas.disc(x, 0.42, 0.025, "#303030")
    canvas.shape([(0.36, 0.62), (0.64, 0.62), (0.57, 0.71), (0.43, 0.71)], "#a23b2e")
    return canvas.done()


SCENES: dict[str, Callable[[int], Image.Image]] = {
    "sunset": _sunset,
    "night": _night,
    "house": _house,
    "church": _church,
    "tree": _tree,
    "firs": _firs,
    "mountains": _mountains,
    "boat": _boat,
    "road": _road,
    "balls": _balls,
    "flower": _flower,
    "face": _face,
}
