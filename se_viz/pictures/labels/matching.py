"""Which picture a row of a list names, and of which class it says that it is."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from se_viz.pictures.cells import restored
from se_viz.pictures.decoding.decode import SUFFIXES
from se_viz.pictures.labels.lists import ListError, Table
from se_viz.pictures.labels.names import Parts, class_name, file_name, split, suffix
from se_viz.pictures.records import BY_GUESS, BY_NOBODY

_NAMES = "classname labelname categoryname"
_OTHERS = "classes labels species breed diagnosis dx target wnid synset classid labelid"
CLASSES = f"{_NAMES} class label category {_OTHERS}".split()
"""Headings of columns of classes, the best first; without signs, in small letters."""
_KINDS = "picture image img file photo"
_OF_KINDS = " ".join(f"{kind} {kind}s {kind}name {kind}path {kind}id" for kind in _KINDS.split())
PICTURES = frozenset(f"{_OF_KINDS} path id name imagefile fname".split())
"""Headings of columns of pictures."""
ORIGIN = "classfrom"
"""Heading of the column of our own files that says where a class comes from."""
EXACT = 10**6
DEEP = 8  # folders that are compared
FEW = 100  # files of one name that are told apart by capitals


@dataclass
class Assigned:
    """What a list says of some pictures.

    labels: class by the number of the picture. columns: headings of the two columns, where it has
    any. sure: whether headings or endings show that it is a list of pictures' classes. strangers,
    unclear: rows that name none, or several, of the pictures. torn: pictures with rows of different
    classes, of which the first holds.
    """

    columns: tuple[str, str] | None = None
    sure: bool = False
    labels: dict[int, str] = field(default_factory=dict)
    strangers: int = 0
    unclear: int = 0
    torn: set[int] = field(default_factory=set)


class Index:
    """Pictures by what a list may call them.

    names: as they are shown, all different. paths: their folders and file names.
    """

    def __init__(self, names: Sequence[str], paths: Sequence[Parts]) -> None:
        self._paths = paths
        self._names = {name: number for number, name in enumerate(names)}
        self._ends: dict[Parts, list[int]] = defaultdict(list)
        for number, path in enumerate(paths):
            name = path[-1].casefold()
            for last in {name, name.rpartition(".")[0] or name}:
                for folders in _ends(path[:-1]):
                    self._ends[*folders, last].append(number)

    def find(self, cell: str) -> tuple[list[int], int]:
        """The pictures that a cell may mean, and how well it fits them: the more, the better.

        It is a name as shown, or a path of which as many last folders fit as can, or a file's name
        without its ending.
        """
        name = restored(cell.strip())
        if name in self._names:
            return [self._names[name]], EXACT
        last = name.replace("\\", "/").rpartition("/")[2]
        last = last if last.isascii() and last.isprintable() else file_name(last)
        if (last.casefold(),) not in self._ends:
            return [], 0
        *wanted, _ = split(name)
        for folders in _ends(tuple(wanted)):
            found = self._ends.get((*folders, last.casefold()), [])
            if found:
                few = found if len(found) <= FEW else []
                same = [number for number in few if self._paths[number][-1] == last]
                return same or found, 2 * len(folders) + bool(same)
        return [], 0


@dataclass(frozen=True)
class Columns:
    """Where a list has pictures and classes, and what says of a class that it is a guess.

    heading: its first row, where that is none of a picture.
    """

    path: int
    kind: int
    origin: int
    heading: list[str] | None

    def of(self, row: list[str]) -> tuple[str, str]:
        """Picture and class of a row; "" for the class where a network guessed it."""
        cell, text = (row[place] if place < len(row) else "" for place in (self.path, self.kind))
        guess = self.origin < len(row) and row[self.origin] in (BY_GUESS, BY_NOBODY)
        return cell.strip(), "" if guess else class_name(" ".join(restored(text.strip()).split()))


def assign(table: Table, pictures: Index) -> Assigned:
    """What a list says of these pictures.

    Raises:
        ListError: where it names none of them, or no column is known to hold classes.
    """
    columns, made, fits = _columns(table, pictures), Assigned(), dict[int, int]()
    if columns.heading:
        names = (columns.heading[columns.path], columns.heading[columns.kind])
        made.columns, made.sure = names, _word(names[1]) in CLASSES
    for row in islice(table, bool(columns.heading), None):
        _take(*columns.of(row), pictures, made, fits)
    return made


def _take(cell: str, label: str, pictures: Index, made: Assigned, fits: dict[int, int]) -> None:
    """One row; of several that name one picture, the one that fits best and comes first holds."""
    found, fit = pictures.find(cell)
    made.sure = made.sure or suffix((cell,)) in SUFFIXES
    if not found or not label:
        made.strangers += 1
    elif len(found) > 1:
        made.unclear += 1
    elif fit > fits.get(found[0], -1):
        made.labels[found[0]], fits[found[0]] = label, fit
        made.torn.discard(found[0])
    elif fit == fits[found[0]] and label != made.labels[found[0]]:
        made.torn.add(found[0])


def _columns(table: Table, pictures: Index) -> Columns:
    path, first = _path_column(table, pictures), next(iter(table), [])
    words = [_word(cell) for cell in first]
    both = words[path] in PICTURES and any(word in CLASSES for word in words)
    known = any(word in PICTURES or word in CLASSES for word in words)
    headed = both or (known and not pictures.find(first[path])[0])
    kind = _class_column(first, path, headed, table.name)
    origin = words.index(ORIGIN) if headed and ORIGIN in words else sys.maxsize
    return Columns(path, kind, origin, first if headed else None)


def _path_column(table: Table, pictures: Index) -> int:
    """The column whose cells name the most pictures."""
    counts: Counter[int] = Counter()
    for row in table:
        counts.update(place for place, cell in enumerate(row) if pictures.find(cell)[0])
    if not counts:
        raise ListError(f"{table.name} names none of these pictures.")
    return min(counts, key=lambda place: (-counts[place], place))


def _class_column(first: list[str], path: int, headed: bool, name: str) -> int:
    words = [_word(cell) for cell in first]
    known = [words.index(word) for word in CLASSES if word in words and words.index(word) != path]
    if headed and known:
        return known[0]
    if len(first) == 2:
        return 1 - path
    if not headed and path + 1 < len(first):
        return path + 1
    columns = ", ".join(cell.strip() for cell in first[:8])
    raise ListError(
        f"{name} has no column that is known to hold classes ({columns}): head one with class."
    )


def _word(cell: str) -> str:
    return re.sub(r"[\W_]", "", cell).casefold()


def _ends(folders: Parts) -> list[Parts]:
    """The last folders, from as many as are looked at to none."""
    return [folders[len(folders) - count :] for count in range(min(len(folders), DEEP), -1, -1)]
