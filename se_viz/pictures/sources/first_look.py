"""A first look at all files that were handed in together, where one of them needs the others.

What numbers are black and white in pictures of more than 8 bits is the same for all of them, so it
has to be known before the first is drawn. Nothing is read before such a picture turns up.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from se_viz.pictures.decoding import deep
from se_viz.pictures.decoding.decode import open_picture, turn_to
from se_viz.pictures.decoding.pages import taken_of
from se_viz.pictures.decoding.ranges import Extent, GreyRange, in_common
from se_viz.pictures.limits import Limits
from se_viz.pictures.load import default_workers, room
from se_viz.pictures.options import ALL
from se_viz.pictures.records import Remark, Skipped, Source


@dataclass(eq=False)
class Look:
    """What the files have in common, found once, whichever thread asks first."""

    files: tuple[Source, ...]
    limits: Limits
    _found: dict[str, tuple[GreyRange, ...]] | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def ranges(self, numbers: str) -> tuple[GreyRange, ...]:
        """The ranges of pictures with such numbers, see `ranges.in_common`; none of one alone."""
        with self._turn:
            if self._found is None:
                self._found = self._looked() if self._has_several() else {}
        return self._found.get(numbers, ())

    def _looked(self) -> dict[str, tuple[GreyRange, ...]]:
        extents: defaultdict[str, list[Extent]] = defaultdict(list)
        with ThreadPoolExecutor(default_workers(), thread_name_prefix="look") as pool:
            for found in pool.map(self._extents, self.files):
                for extent in found:
                    extents[extent.kind].append(extent)
        return {numbers: in_common(of_all) for numbers, of_all in extents.items()}

    def _has_several(self) -> bool:
        return len(self.files) > 1 or any(file.options.pages == ALL for file in self.files)

    def _extents(self, file: Source) -> list[Extent]:
        """How far the numbers of each picture in a file go, of those to which it matters."""
        found: list[Extent] = []
        try:
            first = open_picture(file.read(), file.name, self.limits)
            several = file.options.pages == ALL and first.count > 1
            pages = range(1, taken_of(first, self.limits) + 1) if several else (first.page,)
            for page in pages:
                opened = turn_to(first, page, file.name, self.limits)
                if opened.numbers is not None:
                    with room(opened):
                        numbers = deep.read(opened.image, opened.inside.top, opened.again)
                    found += filter(None, (numbers.extent(),))
        except Exception:  # it is told when the file is read in its turn
            pass
        return found


def together(
    items: Iterable[Source | Skipped | Remark], limits: Limits
) -> Iterator[Source | Skipped | Remark]:
    """The same, each of the sources with a look at all of them."""
    items = list(items)
    look = Look(tuple(item for item in items if isinstance(item, Source)), limits)
    for item in items:
        yield replace(item, look=look) if isinstance(item, Source) else item
