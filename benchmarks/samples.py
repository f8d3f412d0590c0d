"""Pictures to measure with: JPEGs of 224 px with the spectrum of photographs."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from se_viz.pictures import Source

SIDE = 224


def jpegs(count: int) -> list[Source]:
    """`count` different coloured noises whose power falls with frequency, about 13 kB each."""
    rng = np.random.default_rng(0)
    return [_source(number, _jpeg(rng)) for number in range(count)]


def model_inputs(count: int, size: int) -> np.ndarray:
    """uint8 (count, size, size, 3), random."""
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def _jpeg(rng: np.random.Generator) -> bytes:
    frequency = np.hypot(np.fft.fftfreq(SIDE)[:, None], np.fft.fftfreq(SIDE)[None])
    spectrum = np.fft.fft2(rng.normal(size=(3, SIDE, SIDE))) / np.maximum(frequency, 1 / SIDE)
    noise = np.fft.ifft2(spectrum).real
    pixels = 127 + 50 * noise / noise.std()
    packed = io.BytesIO()
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8).transpose(1, 2, 0))
    picture.save(packed, "JPEG", quality=88)
    return packed.getvalue()


def _source(number: int, data: bytes) -> Source:
    return Source(f"{number}.jpg", None, lambda: data, f"{number}.jpg", len(data))
