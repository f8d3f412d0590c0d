"""From the bytes of a file to a checked, upright RGB picture."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

# Imported for their effect: each registers its format, here once rather than in some thread.
from PIL import (  # noqa: F401
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TgaImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from se_viz.pictures.decoding import deep, formats
from se_viz.pictures.decoding.formats import HEIC, RefusalError
from se_viz.pictures.decoding.formats import SUFFIXES as SUFFIXES
from se_viz.pictures.decoding.formats.kind import FileKind, Structure
from se_viz.pictures.decoding.modes import to_rgb
from se_viz.pictures.decoding.ranges import AS_CHOSEN, AS_TOLD, GreyRange, Taken, pick
from se_viz.pictures.limits import Limits, megabytes
from se_viz.pictures.records import PictureError

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
    turning. kind: its format. inside: what was found in its file, which is `data`. page: which one
    of several in it, from 1.
    """

    image: Image.Image
    name: str
    kind: str
    width: int
    height: int
    inside: Structure
    data: bytes = field(repr=False)
    page: int = 1

    @property
    def count(self) -> int:
        """How many pages or frames its file has."""
        count = self.inside.count
        return max(1, int(getattr(self.image, "n_frames", 1) if count is None else count))

    def again(self) -> Image.Image:
        """The same picture opened once more."""
        image = Image.open(io.BytesIO(self.inside.data), formats=(self.inside.plugin,))
        if self.page > 1:
            image.seek(self.page - 1)
        return image

    @property
    def numbers(self) -> str | None:
        """What kind of numbers it has, where the file does not say which of them is white."""
        return deep.kind_of(self.image) if deep.told(self.image, self.inside.top) is None else None

    @property
    def pixels(self) -> int:
        """How many pixels will be unpacked: fewer than width x height where a JPEG is reduced."""
        return self.image.width * self.image.height


@dataclass(frozen=True)
class Upright:
    """A picture with its pixels: RGB, on white, upright.

    width, height: pixels of the whole picture, upright; larger than `image` where that is reduced.
    taken: which numbers became black and white, of more than 8 bits. endless: see `Deep`.
    """

    image: Image.Image
    width: int
    height: int
    taken: Taken | None = None
    endless: str = ""


def kind_of(data: bytes, name: str = "") -> str | None:
    """The format that the first bytes announce (one of JPEG ... TGA), or None."""
    kind = formats.kind_of(data, name)
    return kind.name if kind else None


def open_picture(data: bytes, name: str, limits: Limits | None = None) -> Opened:
    """Read a picture's header and check it; raises PictureError."""
    limits = limits or Limits()
    kind = _checked_kind(data, name, limits)
    with _sentences(name, kind.name, _too_many_pixels(name, limits)):
        inside = kind.inspect(data, limits)
        image = Image.open(io.BytesIO(inside.data), formats=(inside.plugin,))
        width, height = image.size
        formats.refuse_pixels(width, height, limits)
        return Opened(image, name, kind.name, width, height, inside, data, image.tell() + 1)


def turn_to(opened: Opened, page: int, name: str, limits: Limits | None = None) -> Opened:
    """Another page of the same file, from 1, under a name of its own; raises PictureError.

    `opened` stands at this page then as well, and is to be unpacked before it is turned again.
    """
    limits = limits or Limits()
    if page > opened.count:
        raise PictureError(f"{name} is not there: the file has {opened.count:,}.")
    if opened.inside.parts and page > 1:
        start, end = opened.inside.parts[page - 1]
        return open_picture(opened.data[start:end], name, limits)
    with _sentences(name, opened.kind, _too_many_pixels(name, limits)):
        opened.image.seek(page - 1)
        width, height = opened.image.size
        formats.refuse_pixels(width, height, limits)
    return replace(opened, name=name, width=width, height=height, page=page)


def unpack(
    opened: Opened, chosen: GreyRange | None = None, among: Sequence[GreyRange] = ()
) -> Upright:
    """The pixels of an opened picture; raises PictureError.

    Of more than 8 bits a channel, `chosen` says which numbers are black and white, else the file,
    else the first `among` these in which the picture is not black, else its own numbers.
    """
    bomb = f"{opened.name} unpacks to more pixels than it announces."
    with _sentences(opened.name, opened.kind, bomb):
        if deep.kind_of(opened.image) is not None:
            return _of_deep(opened, chosen, among)
        opened.image.load()
        return _turned(opened, to_rgb(opened.image))


@contextmanager
def _sentences(name: str, kind: str, bomb: str) -> Iterator[None]:
    """What is raised within becomes a PictureError with a sentence."""
    try:
        yield
    except RefusalError as error:
        raise PictureError(f"{name} {error}.") from error
    except MemoryError as error:
        raise PictureError(f"{name} needs more memory than there is.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(bomb) from error
    except _DAMAGE as error:
        raise PictureError(f"{name} is a broken or cut-off {kind} picture.") from error


def decode(data: bytes, name: str, limits: Limits | None = None) -> Image.Image:
    """The bytes of a picture file as an upright RGB picture on white; raises PictureError.

    Any of FORMATS; of an animation the first frame, of several pages the first.
    """
    return unpack(open_picture(data, name, limits)).image


def too_large(name: str, limits: Limits, size: int | None = None) -> PictureError:
    """The error for a file with more bytes than allowed; `size` in bytes where it is known."""
    most = f"more than the {megabytes(limits.file_bytes)} allowed for one picture."
    return PictureError(f"{name} has {megabytes(size)}, {most}" if size else f"{name} has {most}")


def _checked_kind(data: bytes, name: str, limits: Limits) -> FileKind:
    if not data:
        raise PictureError(f"{name} is empty.")
    if len(data) > limits.file_bytes:
        raise too_large(name, limits)
    if kind_of(data, name) == "HEIC" and not HEIC:
        raise PictureError(
            f"{name} is a HEIC picture: install pillow-heif to read it, or save it as JPEG."
        )
    try:
        return formats.checked_kind(data, name)
    except RefusalError as error:
        raise PictureError(f"{name} {error}.") from error


def _too_many_pixels(name: str, limits: Limits) -> str:
    most = f"{limits.pixels / 1e6:.3g} million allowed"
    return f"{name} has far too many pixels, more than the {most}."


def _of_deep(opened: Opened, chosen: GreyRange | None, among: Sequence[GreyRange]) -> Upright:
    told = deep.told(opened.image, opened.inside.top)
    numbers = deep.read(opened.image, opened.inside.top, opened.again)
    if chosen is not None:
        taken = Taken(chosen, AS_CHOSEN)
    else:
        taken = Taken(told, AS_TOLD) if told else pick(among, numbers.extent())
    return replace(_turned(opened, numbers.rgb(taken.range), taken), endless=numbers.endless)


def _turned(opened: Opened, image: Image.Image, taken: Taken | None = None) -> Upright:
    width, height = opened.width, opened.height
    turn = _orientation(opened.image)
    if turn in _QUARTER_TURNS:
        width, height = height, width
    upright = image.transpose(_TURNS[turn]) if turn in _TURNS else image
    return Upright(upright, width, height, taken)


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation of a loaded picture, 1 (upright) where none can be read."""
    if image.format == "TIFF":  # Pillow has turned it while loading, its announced size as well
        return 1
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _DAMAGE:
        return 1
