"""From an upright RGB picture to the square model input that a network was trained on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from PIL import Image

INTERPOLATIONS = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
FILTER_REACH = 3  # pixels to either side that the widest of these filters reads, at scale 1
LONG = 16  # from this aspect ratio on, the part that is seen is cut out before resizing

SCALED: dict[tuple[tuple[float, ...], tuple[float, ...]], str] = {
    ((0.0,) * 3, (255.0,) * 3): "pixels as they are, 0..255",
    ((0.0,) * 3, (1.0,) * 3): "pixels scaled to 0..1",
    ((0.5,) * 3, (2.0,) * 3): "pixels scaled to -1..1",
}
"""Usual ranges, by mean and 1 / std."""

Box = tuple[float, float, float, float]  # left, top, right, bottom; pixels


@dataclass(frozen=True)
class Preprocessing:
    """How a network wants its pictures.

    The short side is resized to size / crop, rounded down, with an antialiased filter, the centre
    size x size pixels are kept, and each channel (red, green, blue) becomes (x / 255 - mean) / std:
    timm's evaluation transform, with which the accuracies of published weights were measured.
    """

    size: int = 224
    crop: float = 1.0
    interpolation: str = "bilinear"
    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(f"size must be at least 1 pixel, not {self.size}")
        if not 0 < self.crop <= 1:
            raise ValueError(f"crop must lie in (0, 1], not {self.crop}")
        if self.interpolation not in INTERPOLATIONS:
            known = ", ".join(INTERPOLATIONS)
            raise ValueError(f"interpolation must be one of {known}, not {self.interpolation!r}")
        if len(self.mean) != 3 or len(self.std) != 3 or min(self.std) <= 0:
            raise ValueError("mean and std need three numbers each, and std positive ones")

    @property
    def short_side(self) -> int:
        """Length of the short side after resizing, in pixels."""
        return math.floor(self.size / self.crop)

    def describe(self) -> str:
        """One line for people."""
        return (
            f"short side to {self.short_side} px ({self.interpolation}), centre {self.size} x "
            f"{self.size} px, {self._pixels()}"
        )

    def _pixels(self) -> str:
        """What becomes of 0 to 255, the usual ranges by their ends."""
        found = SCALED.get((self.mean, tuple(round(1 / x, 6) for x in self.std)))
        if found:
            return found
        mean, std = (" ".join(f"{x:.3g}" for x in xs) for xs in (self.mean, self.std))
        return f"pixels scaled to 0..1, minus mean {mean}, divided by {std}"

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists, as JSON keeps them."""
        return {**asdict(self), "mean": list(self.mean), "std": list(self.std)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Preprocessing:
        """The inverse of `as_dict`."""
        triples = {name: tuple(values[name]) for name in ("mean", "std") if name in values}
        return cls(**{**values, **triples})


def model_input(image: Image.Image, preprocessing: Preprocessing) -> np.ndarray:
    """The part of an RGB picture that the network sees: uint8 (size, size, 3), read-only.

    The whole picture is resized and its centre cut out. In a very long picture only the pixels that
    are kept are computed, so that one of 1 x 5000 needs no more memory than others; it may differ
    from the textbook's way in the last digit.
    """
    if image.mode != "RGB":
        raise ValueError(f"model_input wants an RGB picture, not {image.mode}")
    size, short = preprocessing.size, min(image.size)
    width, height = (preprocessing.short_side * length // short for length in image.size)
    left, top = round((width - size) / 2), round((height - size) / 2)
    resample = INTERPOLATIONS[preprocessing.interpolation]
    if max(image.size) > LONG * short:
        across, down = image.width / width, image.height / height
        box = (left * across, top * down, (left + size) * across, (top + size) * down)
        return np.asarray(_part(image, box, size, resample))
    if image.size != (width, height):
        image = image.resize((width, height), resample)
    return np.asarray(image.crop((left, top, left + size, top + size)))


def normalise(model_inputs: np.ndarray, preprocessing: Preprocessing) -> np.ndarray:
    """(x / 255 - mean) / std per channel: uint8 (..., 3) -> float32 of the same shape."""
    mean = np.asarray(preprocessing.mean, np.float32) * 255
    std = np.asarray(preprocessing.std, np.float32) * 255
    return (model_inputs.astype(np.float32) - mean) / std


def _part(image: Image.Image, box: Box, size: int, resample: Image.Resampling) -> Image.Image:
    """The pixels of `box`, resized; first across, then down, as Pillow resizes whole pictures."""
    image, (left, top, right, bottom) = _cut(image, box, size)
    image = image.resize((size, image.height), resample, (left, 0, right, image.height))
    return image.resize((size, size), resample, (0, top, size, bottom))


def _cut(image: Image.Image, box: Box, size: int) -> tuple[Image.Image, Box]:
    """The pixels that matter for `box`, and `box` within them.

    Pillow keeps boxes in single precision, which is too coarse far out in a very long picture.
    """
    left, top, right, bottom = box
    right, bottom = min(right, image.width), min(bottom, image.height)
    margin = math.ceil(FILTER_REACH * max(1, (right - left) / size, (bottom - top) / size)) + 1
    x, y = max(0, math.floor(left) - margin), max(0, math.floor(top) - margin)
    end = min(image.width, math.ceil(right) + margin), min(image.height, math.ceil(bottom) + margin)
    return image.crop((x, y, *end)), (left - x, top - y, right - x, bottom - y)
