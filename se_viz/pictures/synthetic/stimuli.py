"""Synthetic stimuli: pictures drawn by code, for whoever has none at hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, product

import numpy as np
from PIL import Image

from se_viz.pictures.records import Source
from se_viz.pictures.synthetic.scenes import SCENES

WHY = (
    "Drawn pictures differ in one known thing at a time, so a channel that answers to one and not "
    "to the next tells what it looks for. Hubel and Wiesel mapped receptive fields in the visual "
    "cortex this way, with bars and edges, and gratings of known angle and frequency have been the "
    "standard probe ever since."
)
ANGLES = (0, 22.5, 45, 67.5, 90, 112.5, 135, 157.5)  # degrees
CYCLES = (4, 8, 16, 32)  # across the picture
FEWEST = 4  # pixels per cycle; finer gratings are left out of small pictures
COLOURS = {
    "black": (0, 0, 0),
    "dark grey": (64, 64, 64),
    "grey": (128, 128, 128),
    "light grey": (192, 192, 192),
    "white": (255, 255, 255),
    "red": (220, 30, 30),
    "orange": (240, 140, 20),
    "yellow": (245, 220, 40),
    "green": (40, 160, 60),
    "cyan": (40, 190, 200),
    "blue": (40, 70, 210),
    "violet": (130, 60, 180),
    "pink": (240, 130, 180),
    "brown": (120, 75, 40),
}
SLOPES = {"white": 0.0, "pink": 1.0, "brown": 2.0}  # power falls with frequency ** (2 * slope)
SEEDS = (1, 2)


@dataclass(frozen=True)
class Stimulus:
    """One synthetic stimulus. family: its kind, used as its label. png: the file's bytes."""

    name: str
    family: str
    png: bytes = field(repr=False)

    def source(self) -> Source:
        """The stimulus as a source for `load`."""
        return Source(self.name, self.family, lambda: self.png, self.name, len(self.png))


def draw_stimuli(size: int = 224) -> list[Stimulus]:
    """All stimuli, size x size pixels, RGB; the same size gives the same bytes again.

    Families: grating, colour field, texture, noise, scene. size: at least 32 pixels.
    """
    if size < 32:
        raise ValueError(f"stimuli need at least 32 pixels a side, not {size}")
    families = (_gratings, _colour_fields, _textures, _noises, _scenes)
    return [
        Stimulus(name, family, _png(pixels))
        for name, family, pixels in chain.from_iterable(draw(size) for draw in families)
    ]


Made = Iterator[tuple[str, str, np.ndarray]]


def grating(size: int, angle: float, cycles: float, phase: float = 0.0) -> np.ndarray:
    """A sinusoidal grating, float (size, size) in [0, 1].

    angle: degrees from upright bars, counter-clockwise as seen; cycles: per picture; phase: cycles.
    """
    x, y = _grid(size)
    turn = np.deg2rad(angle)
    along = x * np.cos(turn) - y * np.sin(turn)
    return 0.5 + 0.5 * np.cos(2 * np.pi * (cycles * along + phase))


def noise(size: int, slope: float, seed: int, channels: int = 1) -> np.ndarray:
    """Gaussian noise of amplitude 1 / frequency ** slope, float (size, size, channels) in [0, 1].

    Mean 0.5 and standard deviation 0.2 before values beyond [0, 1] are cut off.
    """
    drawn = np.random.default_rng(seed).standard_normal((size, size, channels))
    across, along = np.fft.fftfreq(size), np.fft.fftfreq(size)
    frequency = np.maximum(np.hypot(across[:, None], along), 1 / size)
    spectrum = np.fft.fft2(drawn, axes=(0, 1)) / frequency[..., None] ** slope
    spectrum[0, 0] = 0
    shaped = np.fft.ifft2(spectrum, axes=(0, 1)).real
    return np.clip(0.5 + 0.2 * shaped / shaped.std(axis=(0, 1)), 0, 1)


def _gratings(size: int) -> Made:
    for angle, cycles in product(ANGLES, CYCLES):
        if cycles * FEWEST <= size:
            yield f"grating {angle:g}° {cycles} cycles", "grating", grating(size, angle, cycles)


def _colour_fields(size: int) -> Made:
    for name, colour in COLOURS.items():
        yield f"field {name}", "colour field", np.full((size, size, 3), np.divide(colour, 255))
    x, y = _grid(size)
    red, blue = np.divide(COLOURS["red"], 255), np.divide(COLOURS["blue"], 255)
    for name, share in (("across", x), ("down", y)):
        mixed = red + (blue - red) * (share[..., None] + 0.5)
        yield f"field red to blue {name}", "colour field", mixed


def _textures(size: int) -> Made:
    draw: dict[str, Callable[[int, int], np.ndarray]] = {
        "checkerboard": lambda size, count: (_cells(size, count).sum(axis=0) % 2).astype(float),
        "stripes": lambda size, count: (_cells(size, count)[0] % 2).astype(float),
        "dots": lambda size, count: (_to_cell_centre(size, count) < 0.3).astype(float),
        "rings": lambda size, count: 0.5 + 0.5 * np.cos(2 * np.pi * count * _radius(size)),
        "spokes": lambda size, count: 0.5 + 0.5 * np.sign(np.cos(count * np.arctan2(*_grid(size)))),
        "bricks": _bricks,
        "blobs": _blobs,
    }
    for (name, texture), count in product(draw.items(), (8, 24)):
        yield f"{name} {count}", "texture", texture(size, count)


def _noises(size: int) -> Made:
    for (name, slope), seed in product(SLOPES.items(), SEEDS):
        for kind, channels in (("grey", 1), ("coloured", 3)):
            drawn = noise(size, slope, seed, channels)
            yield f"{name} noise {kind} {seed}", "noise", drawn


def _scenes(size: int) -> Made:
    for name, draw in SCENES.items():
        yield f"scene {name}", "scene", np.asarray(draw(size)) / 255


def _grid(size: int) -> tuple[np.ndarray, np.ndarray]:
    """x to the right and y down, of each pixel's centre, in (-0.5, 0.5)."""
    steps = (np.arange(size) + 0.5) / size - 0.5
    x, y = np.meshgrid(steps, steps)
    return x, y


def _cells(size: int, count: int) -> np.ndarray:
    """Column and row of each pixel in a grid of count x count cells: int (2, size, size)."""
    return np.floor((np.stack(_grid(size)) + 0.5) * count).astype(int)


def _to_cell_centre(size: int, count: int) -> np.ndarray:
    """Distance of each pixel to the centre of its cell, in widths of a cell."""
    return np.hypot(*((np.stack(_grid(size)) + 0.5) * count % 1 - 0.5))


def _radius(size: int) -> np.ndarray:
    return np.hypot(*_grid(size))


def _bricks(size: int, count: int) -> np.ndarray:
    """Rows of bricks twice as wide as high, each row shifted by half a brick."""
    x, y = (np.stack(_grid(size)) + 0.5) * count
    inside = (x + np.floor(y)) / 2 % 1
    return np.where((inside > 0.1) & (y % 1 > 0.2), 0.75, 0.2)


def _blobs(size: int, count: int) -> np.ndarray:
    """Noise of about `count` blobs across, cut into black and white."""
    drawn = np.random.default_rng(count).standard_normal((size, size))
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size))) * size
    band = np.exp(-((frequency - count) ** 2) / (2 * (count / 4) ** 2))
    return (np.fft.ifft2(np.fft.fft2(drawn) * band).real > 0).astype(float)


def _png(pixels: np.ndarray) -> bytes:
    """Float (size, size), (size, size, 1) or (size, size, 3) in [0, 1] as an RGB PNG."""
    whole = np.rint(np.atleast_3d(pixels) * 255).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(np.broadcast_to(whole, (*whole.shape[:2], 3))))
    packed = io.BytesIO()
    image.save(packed, "PNG", compress_level=1)
    return packed.getvalue()
