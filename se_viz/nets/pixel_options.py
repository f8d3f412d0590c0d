"""How a person says a network wants its pictures, in the few words that people know it by."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from se_viz.nets.network import Grounds, Network
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


@dataclass(frozen=True)
class PixelOptions:
    """What a person says of the pictures that a network wants; None for what they leave open.

    Attributes:
        pixels: one of `PIXELS`.
        size: height and width in pixels.
        crop: side of the part that is kept over the short side, in (0, 1].
        interpolation: "bilinear", "bicubic" or "lanczos".

    Raises:
        ValueError: for anything else; a sentence for people.
    """

    pixels: str | None = None
    size: int | None = None
    crop: float | None = None
    interpolation: str | None = None

    def __post_init__(self) -> None:
        self.upon(Preprocessing())

    def upon(self, usual: Preprocessing) -> Preprocessing:
        """The usual preprocessing with what was said in its place."""
        said = self.as_dict()
        name = said.pop("pixels", None)
        return replace(usual if name is None else with_pixels(usual, name), **said)

    def as_dict(self) -> dict[str, Any]:
        """What was said, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def grounds(self, otherwise: Grounds) -> Grounds:
        """Why pixels are prepared so, where these words hold and `otherwise` for the rest."""
        if self.pixels is None:
            return otherwise
        return Grounds("said", f"It gets {self.pixels} because that was chosen.")

    def misfit(self, size: int) -> str | None:
        """What is wrong where a network takes pictures of this size alone and another is wanted,
        as the rest of a sentence that starts with its name."""
        if self.size in (None, size):
            return None
        return (
            f"takes pictures of {size} x {size} pixels and no others, so the size {self.size} "
            "cannot be had: leave it out."
        )


def with_pixels(preprocessing: Preprocessing, name: str) -> Preprocessing:
    """The same with another range of pixels, one of `PIXELS`; ValueError for others."""
    if name not in PIXELS:
        raise ValueError(f"Pixels can be {', '.join(PIXELS)}, not {name!r}.")
    mean, std = PIXELS[name]
    return replace(preprocessing, mean=mean, std=std)


def apply(
    network: Network, wanted: PixelOptions, classes: tuple[str, ...] | None = None
) -> Network:
    """A network of the list with what a person says of it.

    Raises:
        ValueError: where it takes no such size, or has another number of classes.
    """
    misfit = wanted.misfit(network.preprocessing.size)
    if misfit:
        raise ValueError(f"{network.title} {misfit}")
    if classes is not None and len(classes) != len(network.classes):
        raise ValueError(
            f"{network.title} tells {len(network.classes):,} classes apart, and {len(classes):,} "
            "names were given."
        )
    return replace(
        network,
        preprocessing=wanted.upon(network.preprocessing),
        grounds=wanted.grounds(network.grounds),
        classes=classes or network.classes,
    )
