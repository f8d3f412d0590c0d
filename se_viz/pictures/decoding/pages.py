"""Files that hold several pictures: pages of a TIFF, frames of an animation, icons of a phone.

The first is the file's picture and goes by its SHA-256; each other one has a name and a digest of
its own. Pages of a file are read one after the other, as frames build upon each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from se_viz.pictures.decoding.decode import Opened, open_picture
from se_viz.pictures.limits import Limits
from se_viz.pictures.options import ALL
from se_viz.pictures.records import AMOUNT, Remark, Skipped, Source

AT_ONCE = 64  # pages that one thread reads in one go, and whose pixels wait for their turn
PIXELS = 30  # times `Limits.pixels` is what all pages of a file may have


def identity(file: str, page: int, first: int = 1) -> str:
    """A digest in hexadecimal that tells a page of a file from others, by the file's SHA-256."""
    if page == first:
        return file
    return hashlib.sha256(f"{file} page {page}".encode()).hexdigest()


def jobs(
    sources: Iterator[Source | Skipped | Remark], limits: Limits
) -> Iterator[list[Source] | Skipped | Remark]:
    """What one thread reads in one go: a file, or some pages of it, in order."""
    pages: list[Source] = []
    for item in sources:
        if pages and not _goes_on(pages, item):
            yield pages
            pages = []
        if not isinstance(item, Source):
            yield item
        elif item.page is not None:
            pages.append(item)
        elif item.options.pages == ALL:
            yield from _all_of(item, limits)
        else:
            yield [item]
    if pages:
        yield pages


def left_out(word: str, taken: int, left: int, why: str) -> tuple[str, int]:
    """A remark's text and amount: how many pages were taken, and how many were not."""
    first = "the first was" if taken == 1 else f"the first {taken:,} were"
    return f"of its {word}s {first} taken and {AMOUNT} more left out; {why}", left


def _goes_on(pages: list[Source], item: Source | Skipped | Remark) -> bool:
    if not isinstance(item, Source) or item.page is None or len(pages) == AT_ONCE:
        return False
    return bool(item.file) and item.file == pages[-1].file


def taken_of(opened: Opened, limits: Limits) -> int:
    """How many pages of a file are taken, where all of them are asked for."""
    room = max(1, PIXELS * limits.pixels // max(1, opened.pixels))
    return min(opened.count, limits.pages, room)


def _all_of(source: Source, limits: Limits) -> Iterator[list[Source] | Remark]:
    try:
        opened = open_picture(source.read(), source.name, limits)
        taken, word = taken_of(opened, limits), opened.inside.word
    except Exception:  # it is told when the file is read in its turn
        yield [source]
        return
    if opened.count == 1:
        yield [source]
        return
    for start in range(1, taken + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, taken + 1))
        yield [replace(source, name=f"{source.name}, {word} {n}", page=n) for n in numbers]
    if taken < opened.count:
        text, amount = left_out(word, taken, opened.count - taken, _most(limits))
        yield Remark(source.name, text, amount=amount)


def _most(limits: Limits) -> str:
    pixels = PIXELS * limits.pixels / 1e6
    return f"one file may give {limits.pages:,} with {pixels:,.0f} million pixels in all at most."
