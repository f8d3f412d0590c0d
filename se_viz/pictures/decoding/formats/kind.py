"""What a kind of picture file is, and what its structure tells before anything is decoded.

Counting comes first: what unpacks slowly, however small it is, is refused by how many scans,
strips, tiles or chunks it has: no clock is needed, and a file is always treated the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from se_viz.pictures.limits import Limits

PAGE, FRAME, IMAGE = "page", "frame", "picture"
"""What one of many in a file is called."""


class RefusalError(Exception):
    """Why a file is not read: words that follow its name, up to the full stop."""


@dataclass(frozen=True)
class Structure:
    """What is in a file, as its structure tells.

    data: the bytes that Pillow is to unpack. plugin: the format that Pillow takes them for.
    count: how many pages or frames there are, None where Pillow counts them at no cost.
    word: what one of them is called.
    parts: start and end within `data` of each, where every one is a file of its own.
    top: the number that the file says is white.
    said: what else a person should know, one sentence.
    """

    data: bytes
    plugin: str
    count: int | None = 1
    word: str = FRAME
    parts: tuple[tuple[int, int], ...] = ()
    top: float | None = None
    said: str = ""


@dataclass(frozen=True)
class FileKind:
    """A kind of picture file.

    name: for people. endings: of file names, with spaces between. fits(data, ending): whether the
    first bytes announce it, or the name's ending where its files announce nothing.
    inspect(data, limits): counts, and raises RefusalError. at_hand: whether it can be read here.
    """

    name: str
    endings: str
    fits: Callable[[bytes, str], bool]
    inspect: Callable[[bytes, Limits], Structure]
    at_hand: bool = True


def starting(*starts: bytes) -> Callable[[bytes, str], bool]:
    """A test for files that begin with one of these."""
    return lambda data, ending: data.startswith(starts)


def plain(plugin: str) -> Callable[[bytes, Limits], Structure]:
    """For files in which nothing needs to be counted."""
    return lambda data, limits: Structure(data, plugin)


def refuse_many(count: int, most: int, things: str) -> None:
    """Raises RefusalError where there are more than `most`."""
    if count > most:
        raise RefusalError(
            f"has more than {most:,} {things}, which no camera or program writes and which takes "
            "too long to unpack"
        )


def refuse_pixels(width: int, height: int, limits: Limits) -> None:
    """Raises RefusalError where a picture has more pixels than allowed."""
    if width * height > limits.pixels:
        most = f"more than the {limits.pixels / 1e6:.3g} million allowed"
        raise RefusalError(f"has {width:,} x {height:,} pixels, {most}")
