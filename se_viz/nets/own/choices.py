"""How a person's own network wants its pictures, in the few words that people know it by."""

from __future__ import annotations

from se_viz.pictures import Preprocessing

PIXELS = {
    "0..255": ((0.0, 0.0, 0.0), (1 / 255, 1 / 255, 1 / 255)),
    "0..1": ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    "-1..1": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "imagenet": (Preprocessing().mean, Preprocessing().std),
}
"""Ranges of pixels by name, as mean and standard deviation of pixels between 0 and 1."""

EXPLAINED = {
    "0..255": "pixels as they are, for networks that rescale them themselves (Keras Applications)",
    "0..1": "pixels divided by 255",
    "-1..1": "pixels divided by 127.5, minus 1",
    "imagenet": "ImageNet's mean taken off and divided by its standard deviation, per channel",
}


def choice(
    pixels: str = "imagenet",
    size: int = 224,
    crop: float = 1.0,
    interpolation: str = "bilinear",
) -> Preprocessing:
    """The preprocessing for a range of pixels, one of `PIXELS`.

    Args:
        pixels: "0..255", "0..1", "-1..1" or "imagenet".
        size: height and width in pixels; a network that takes one size only overrules it.
        crop: side of the part that is kept over the short side, in (0, 1].
        interpolation: "bilinear", "bicubic" or "lanczos".

    Raises:
        ValueError: for anything else.
    """
    if pixels not in PIXELS:
        raise ValueError(f"Pixels can be {', '.join(PIXELS)}, not {pixels!r}.")
    mean, std = PIXELS[pixels]
    return Preprocessing(size, crop, interpolation, mean, std)
