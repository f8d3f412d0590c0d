"""Pictures with the statistics of photographs, made by numbers alone, and of many shapes."""

from __future__ import annotations

import numpy as np
from PIL import Image

SHAPES = ((500, 375), (333, 500), (640, 427), (224, 224), (1024, 300), (180, 121), (97, 301))
"""(width, height): usual, upright, panoramic, and smaller than what networks see."""


def photograph(width: int, height: int) -> Image.Image:
    """Waves of all lengths, the longer the stronger as in nature, with edges and grain."""
    rng = np.random.default_rng([width, height])
    y, x = np.mgrid[:height, :width] / max(width, height)
    picture = np.full((height, width, 3), 128.0)
    for length in 2.0 ** np.arange(0, -7, -0.5):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        wave = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / length + phase)
        picture += 45 * np.sqrt(length) * wave[..., None] * rng.uniform(0.5, 1, 3)
    for _ in range(12):
        cx, cy, radius = rng.uniform(0, 1, 3)
        picture[np.hypot(x - cx, y - cy) < radius / 6] = rng.uniform(0, 255, 3)
    picture += rng.normal(0, 6, picture.shape)
    return Image.fromarray(picture.clip(0, 255).round().astype(np.uint8))
