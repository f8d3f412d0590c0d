"""Pictures with more than 8 bits a channel: their numbers as they are in the file, and as greys.

Pillow keeps only the upper byte of colours of 16 bits, so such a file is unpacked twice, the second
time as if its bytes stood the other way round, which gives the lower one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from se_viz.pictures.decoding import ranges
from se_viz.pictures.decoding.modes import scale_grey
from se_viz.pictures.decoding.ranges import REAL, WHOLE, WORD, Extent, GreyRange

BITS, PHOTOMETRIC, LEAST_NUMBER, GREATEST_NUMBER, FORMAT = 258, 262, 340, 341, 339  # TIFF tags
WHITE_IS_ZERO, UNSIGNED = 0, 1  # values of PHOTOMETRIC, and of FORMAT
_ENDLESS = "it holds numbers that are not finite (NaN or infinity): they are drawn "
ENDLESS = (f"{_ENDLESS}black.", f"{_ENDLESS}white, as its least number.")
"""What is said where the least number is black, and where it is white."""
_OTHER_WAY = {"B": "L", "L": "B", "N": "B" if sys.byteorder == "little" else "L"}
_GREY_ALPHA = "LA;16B"
_PAIRS = ("RGB;16", "RGBX;16", "RGBA;16")  # how files of two bytes a channel are unpacked


@dataclass(frozen=True)
class Deep:
    """The numbers of a picture. planes: (H, W) each, of one for grey, three for colours.

    alpha: uint8 (H, W), 0 where the picture is transparent; None where it is nowhere.
    inverted: whether the least number is white. hint: numbers that the file says there may be.
    """

    planes: tuple[np.ndarray, ...]
    alpha: np.ndarray | None = None
    inverted: bool = False
    hint: tuple[float, float] | None = None

    def extent(self) -> Extent | None:
        """How far the numbers go, in all channels."""
        found = [one for plane in self.planes if (one := ranges.extent_of(plane)) is not None]
        if not found:
            return None
        low, bulk, high = (f(getattr(e, name) for e in found) for f, name in _WIDEST)
        least, most = self.hint or (low, bulk)
        return Extent(min(low, least), max(bulk, most), max(high, most), found[0].kind)

    @property
    def endless(self) -> str:
        """What becomes of numbers that are not finite, as a sentence for people; "" without any."""
        reals = [plane for plane in self.planes if plane.dtype.kind == "f"]
        ends = [end for plane in reals for end in (plane.min(), plane.max())]
        return "" if np.isfinite(ends).all() else ENDLESS[self.inverted]

    def rgb(self, taken: GreyRange) -> Image.Image:
        """As an RGB picture on white."""
        shown = [Image.fromarray(self._shown(scale_grey(plane, taken))) for plane in self.planes]
        return Image.merge("RGB", shown * (3 // len(shown)))

    def _shown(self, grey: np.ndarray) -> np.ndarray:
        if self.inverted:
            np.subtract(255, grey, out=grey)
        if self.alpha is not None:
            share = self.alpha.astype(np.uint16)
            grey = ((grey * share + 255 * (255 - share) + 127) // 255).astype(np.uint8)
        return grey


_WIDEST = ((min, "low"), (max, "bulk"), (max, "high"))


def kind_of(image: Image.Image) -> str | None:
    """What kind of numbers a picture has whose pixels are still packed; None where 8 bits do."""
    if image.mode == "F":
        return REAL
    if image.mode.startswith("I;16") or _packed(image).startswith((*_PAIRS, _GREY_ALPHA)):
        return WORD
    return WHOLE if image.mode == "I" else None


def told(image: Image.Image, top: float | None) -> GreyRange | None:
    """The range that the file says, `top` being white; None where it says none."""
    bits = _tag(image, BITS)
    if top is None and bits is not None and bits < 16:
        top = 2.0**bits - 1
    return None if top is None else GreyRange(0.0, top)


def read(image: Image.Image, top: float | None, again: Callable[[], Image.Image]) -> Deep:
    """The numbers of a picture whose pixels are still packed; `again` opens it once more."""
    packed = _packed(image)
    if packed == _GREY_ALPHA:
        return _grey_alpha(image)
    if packed.startswith(_PAIRS):
        return _colours(image, again(), packed)
    image.load()
    values, clear = _numbers(image, top), image.info.get("transparency")
    alpha = (
        np.where(values == clear, np.uint8(0), np.uint8(255)) if isinstance(clear, int) else None
    )
    return Deep((values,), alpha, _tag(image, PHOTOMETRIC) == WHITE_IS_ZERO, _hint(image))


def _numbers(image: Image.Image, top: float | None) -> np.ndarray:
    values = np.asarray(image)
    if image.format == "JPEG2000" and top:
        return values >> max(0, 16 - int(top).bit_length())  # Pillow fills up to 16 bits
    if image.mode == "I" and _tag(image, BITS) == 32 and _tag(image, FORMAT) in (None, UNSIGNED):
        return values.view(np.uint32)
    return values.astype(np.uint16) if image.mode.startswith("I;16") else values


def _grey_alpha(image: Image.Image) -> Deep:
    """Both bytes of grey and of alpha, as the four channels that Pillow has room for."""
    _unpack_as(image, "RGBA")
    upper, lower, alpha, _ = image.split()
    return Deep((_joined(upper, lower),), np.asarray(alpha))


def _colours(image: Image.Image, twin: Image.Image, packed: str) -> Deep:
    image.load()
    _unpack_as(twin, packed[:-1] + _OTHER_WAY[packed[-1]])
    planes = tuple(_joined(image.getchannel(band), twin.getchannel(band)) for band in "RGB")
    alpha = np.asarray(image.getchannel("A")) if image.mode == "RGBA" else None
    clear = image.info.get("transparency")
    if isinstance(clear, tuple):
        same = [plane == value for plane, value in zip(planes, clear, strict=True)]
        alpha = np.where(np.logical_and.reduce(same), np.uint8(0), np.uint8(255))
    return Deep(planes, alpha, hint=_hint(image))


def _joined(upper: Image.Image, lower: Image.Image) -> np.ndarray:
    return np.asarray(upper).astype(np.uint16) << 8 | np.asarray(lower)


def _unpack_as(image: Image.Image, packed: str) -> None:
    image.tile = [_repacked(tile, packed) for tile in image.tile]  # type: ignore[attr-defined]
    image.load()


def _repacked(tile, packed: str):
    args = packed if isinstance(tile[3], str) else (packed, *tile[3][1:])
    return type(tile)(*tile[:3], args)


def _packed(image: Image.Image) -> str:
    """How Pillow will unpack a picture's bytes: its word for it."""
    tiles = getattr(image, "tile", None)
    args = tiles[0][3] if tiles else ""
    return str(args if isinstance(args, str) or not args else args[0])


def _hint(image: Image.Image) -> tuple[float, float] | None:
    least, greatest = _tag(image, LEAST_NUMBER), _tag(image, GREATEST_NUMBER)
    if least is None or greatest is None or not least < greatest:
        return None
    return least, greatest


def _tag(image: Image.Image, tag: int) -> float | None:
    """The first value of a TIFF's tag."""
    value = getattr(image, "tag_v2", {}).get(tag)
    first = value[0] if isinstance(value, tuple) and value else value
    return float(first) if isinstance(first, int | float) else None
