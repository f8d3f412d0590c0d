"""Found files side by side, and what is claimed of their classes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from se_viz.pictures.decoding.decode import SUFFIXES
from se_viz.pictures.labels.lists import TABLES, TEXTS, ClassList
from se_viz.pictures.labels.matching import Assigned, Index, assign
from se_viz.pictures.labels.names import suffix
from se_viz.pictures.options import FIRST
from se_viz.pictures.records import Remark, Skipped
from se_viz.pictures.sources.found import FoundFile


@dataclass
class Claims:
    """What lists, or names of files, say: classes by the number of the file.

    covered: files that it is said of, class or none; their folders then count only where they tell
    classes apart. lists: files that are lists themselves, with what became of them. told: what else
    to say.
    """

    labels: dict[int, str] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)
    lists: dict[int, Skipped | Remark] = field(default_factory=dict)
    told: list[Skipped | Remark] = field(default_factory=list)

    def take(self, labels: Mapping[int, str], rows: Sequence[int], sure: Collection[int]) -> int:
        """Add what is said of the files `rows`, but of `sure` ones; how many classes are new."""
        new = {i: text for i, text in labels.items() if i not in sure and i not in self.labels}
        self.labels |= new
        self.covered |= set(rows) - set(sure)
        return len(new)


@dataclass(frozen=True)
class Shelf:
    """Found files with their names as shown; `sure` are those whose folders tell classes apart.

    repeats: as in `PictureOptions`.
    """

    files: Sequence[FoundFile]
    names: Sequence[str]
    sure: Collection[int]
    repeats: str = FIRST

    def rows(self) -> list[int]:
        """Numbers of files that may be pictures."""
        return [i for i, file in enumerate(self.files) if suffix(file.parts) not in TABLES + TEXTS]

    def pictures(self) -> list[int]:
        """Numbers of files that are pictures, as far as names tell."""
        return [i for i, file in enumerate(self.files) if suffix(file.parts) in SUFFIXES]

    def assign(self, given: ClassList, rows: Sequence[int]) -> Assigned:
        """What a list says of some of the files; raises ListError."""
        names = [self.names[i] for i in rows]
        return assign(given.table(), Index(names, [self.files[i].parts for i in rows]))
