"""From the bytes of a file to a checked, upright RGB picture."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

# Imported for their effect: each registers its format, here once rather than in some thread.
from PIL import (  # noqa: F401
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from se_viz.pictures.limits import Limits, megabytes
from se_viz.pictures.modes import to_rgb
from se_viz.pictures.records import PictureError

try:
    import pillow_heif
except ImportError:
    HEIC = False
else:
    pillow_heif.register_heif_opener()
    HEIC = True

FORMATS = ("JPEG", "PNG", "WebP", "GIF", "BMP", "TIFF", *(("HEIC",) if HEIC else ()))
_ENDINGS = "jpg jpeg jpe jfif mpo png apng webp gif bmp dib tif tiff heic heif hif"
SUFFIXES = frozenset(f".{ending}" for ending in _ENDINGS.split())
_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    *((start, "TIFF") for start in (b"II*\0", b"MM\0*", b"II\0*", b"MM*\0", b"II+\0", b"MM\0+")),
)
_HEAD = 64  # bytes that tell the format
_HEIC_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
# What Pillow and its codecs raise on damaged files.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    EOFError,
    struct.error,
    zlib.error,
)
_ORIENTATION = 0x0112  # EXIF tag
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER_TURNS = (5, 6, 7, 8)


@dataclass(frozen=True)
class Opened:
    """A picture whose header was read and found good; its pixels are still packed.

    image: what Pillow opened. width, height: pixels of the whole picture as stored, before any
    turning. kind: its format.
    """

    image: Image.Image
    name: str
    kind: str
    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many pixels will be unpacked: fewer than width x height where a JPEG is reduced."""
        return self.image.width * self.image.height


@dataclass(frozen=True)
class Upright:
    """A picture with its pixels: RGB, on white, upright.

    width, height: pixels of the whole picture, upright; larger than `image` where that is reduced.
    """

    image: Image.Image
    width: int
    height: int


def kind_of(data: bytes) -> str | None:
    """The format that the first bytes announce (one of JPEG ... HEIC), or None."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "HEIC"
    return next((kind for start, kind in _STARTS if data.startswith(start)), None)


def spare(path: Path) -> None:
    """Keep a result from taking the place of pictures.

    Raises:
        ValueError: where the file is a picture or a ZIP; a sentence for people.
        OSError: where it cannot be read.
    """
    if path.is_file():
        with path.open("rb") as file:
            picture = kind_of(file.read(_HEAD)) is not None
        if picture or path.suffix.lower() == ".zip":
            raise ValueError(f"{path} holds pictures, which no result replaces.")


def open_picture(data: bytes, name: str, limits: Limits | None = None) -> Opened:
    """Read a picture's header and check it; raises PictureError."""
    limits = limits or Limits()
    kind = _checked_kind(data, name, limits)
    try:
        image = Image.open(io.BytesIO(data), formats=("HEIF" if kind == "HEIC" else kind.upper(),))
        width, height = image.size
        _check_size(width, height, name, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_too_many_pixels(name, "far too many", limits)) from error
    except _DAMAGE as error:
        raise _broken(name, kind) from error
    return Opened(image, name, kind, width, height)


def unpack(opened: Opened) -> Upright:
    """The pixels of an opened picture; raises PictureError."""
    try:
        opened.image.load()
        return _turned(opened, to_rgb(opened.image))
    except MemoryError as error:
        raise PictureError(f"{opened.name} needs more memory than there is.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(f"{opened.name} unpacks to more pixels than it announces.") from error
    except _DAMAGE as error:
        raise _broken(opened.name, opened.kind) from error


def decode(data: bytes, name: str, limits: Limits | None = None) -> Image.Image:
    """The bytes of a picture file as an upright RGB picture on white; raises PictureError.

    JPEG, PNG, WebP, GIF and animated others (first frame), BMP, TIFF (first page), and HEIC where
    `pillow_heif` is installed.
    """
    return unpack(open_picture(data, name, limits)).image


def too_large(name: str, limits: Limits, size: int | None = None) -> PictureError:
    """The error for a file with more bytes than allowed; `size` in bytes where it is known."""
    most = f"more than the {megabytes(limits.file_bytes)} allowed for one picture."
    return PictureError(f"{name} has {megabytes(size)}, {most}" if size else f"{name} has {most}")


def _checked_kind(data: bytes, name: str, limits: Limits) -> str:
    if not data:
        raise PictureError(f"{name} is empty.")
    if len(data) > limits.file_bytes:
        raise too_large(name, limits)
    kind = kind_of(data)
    if kind == "HEIC" and not HEIC:
        raise PictureError(
            f"{name} is a HEIC picture: install pillow-heif to read it, or save it as JPEG."
        )
    if kind is None:
        *others, last = FORMATS
        raise PictureError(f"{name} is not a {', '.join(others)} or {last} picture.")
    return kind


def _check_size(width: int, height: int, name: str, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise PictureError(_too_many_pixels(name, f"{width:,} x {height:,}", limits))


def _too_many_pixels(name: str, count: str, limits: Limits) -> str:
    return f"{name} has {count} pixels, more than the {limits.pixels / 1e6:.3g} million allowed."


def _turned(opened: Opened, image: Image.Image) -> Upright:
    width, height = opened.width, opened.height
    turn = _orientation(opened.image)
    if turn in _QUARTER_TURNS:
        width, height = height, width
    return Upright(image.transpose(_TURNS[turn]) if turn in _TURNS else image, width, height)


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation of a loaded picture, 1 (upright) where none can be read."""
    if image.format == "TIFF":  # Pillow has turned it while loading, its announced size as well
        return 1
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _DAMAGE:
        return 1


def _broken(name: str, kind: str) -> PictureError:
    return PictureError(f"{name} is a broken or cut-off {kind} picture.")
