"""Lists of classes at work: the one that a person named, or those found among the pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from se_viz.pictures.labels.lists import ClassList, ListError, may_be_list
from se_viz.pictures.labels.matching import Assigned
from se_viz.pictures.labels.placement import some
from se_viz.pictures.limits import MIB
from se_viz.pictures.options import EACH, FIRST
from se_viz.pictures.records import Remark, Skipped
from se_viz.pictures.sources.found import UNREADABLE, FoundFile
from se_viz.pictures.sources.shelf import Claims, Shelf
from se_viz.pictures.ways import way

MOST_LISTS = 20  # of those found among the pictures
MOST_FOUND = 8 * MIB  # bytes of all of them together: reading them takes seconds
ITSELF = "Is the list of classes that was chosen."
IN_FOLDERS = "lists classes, but folders name them already"
TOO_LARGE = "may be a list of classes, but is too large to be tried unasked"
UNSURE = "names pictures, but its heading does not say that it lists their classes"
TORN = "of which the first holds"
ROWS_HOLD = ", since files that come again count under each class, and rows do not"
CHOOSE = f"{way('labels')} takes it all the same"


def by_given_list(shelf: Shelf, given: ClassList) -> Claims:
    """What the list says that a person named; it holds against folders."""
    made, rows = Claims(), shelf.rows()
    try:
        made.told = [_taken(shelf, made, given.name, shelf.assign(given, rows), rows, ())]
    except ListError as error:
        made.told = [Skipped(given.name, str(error))]
    for i, file in enumerate(shelf.files):
        if (file.parts[-1], file.size) == (given.name, len(given.data)):
            made.lists[i] = Remark(shelf.names[i], ITSELF)
    return made


def by_found_lists(shelf: Shelf) -> Claims:
    """What lists among the pictures say of those whose folders do not name their classes."""
    made = Claims()
    found = [i for i, file in enumerate(shelf.files) if may_be_list(file.parts)]
    found.sort(key=lambda i: (len(shelf.files[i].parts), shelf.files[i].parts))
    room = MOST_FOUND
    for i in found[:MOST_LISTS]:
        name, data = shelf.names[i], _read(shelf.files[i], room)
        if data is None:
            continue
        if len(data) > room:
            made.lists[i] = Skipped(name, f"{name} {TOO_LARGE}; {CHOOSE}.")
        else:
            room -= len(data)
            made.lists[i] = _use(shelf, made, ClassList(name, data), _scopes(shelf, i))
    return made


def _read(file: FoundFile, room: int) -> bytes | None:
    """A file, or its beginning where there is no room for it; None where it cannot be read."""
    try:
        return file.fetch(room + 1)
    except UNREADABLE:
        return None


def _scopes(shelf: Shelf, number: int) -> tuple[list[int], list[int]]:
    """The pictures below a list's own folder, and all that were handed in with it."""
    file = shelf.files[number]
    alone, here = not file.group.name and len(file.parts) == 1, file.parts[:-1]
    together = [i for i in shelf.rows() if alone or shelf.files[i].group is file.group]
    return [i for i in together if shelf.files[i].parts[: len(here)] == here], together


def _use(
    shelf: Shelf, made: Claims, given: ClassList, scopes: tuple[list[int], list[int]]
) -> Skipped | Remark:
    try:
        found, rows = _first_that_fits(shelf, given, scopes)
    except ListError as error:
        return Skipped(given.name, str(error))
    if not found.sure:
        return Skipped(given.name, f"{given.name} {UNSURE}; {CHOOSE}.")
    if all(rows[i] in shelf.sure for i in found.labels):
        return Skipped(given.name, f"{given.name} {IN_FOLDERS}; {CHOOSE}.")
    return _taken(shelf, made, given.name, found, rows, shelf.sure)


def _first_that_fits(
    shelf: Shelf, given: ClassList, scopes: tuple[list[int], list[int]]
) -> tuple[Assigned, list[int]]:
    below, together = scopes
    if 0 < len(below) < len(together):
        with suppress(ListError):
            return shelf.assign(given, below), below
    return shelf.assign(given, together), together


def _taken(
    shelf: Shelf,
    made: Claims,
    name: str,
    found: Assigned,
    rows: list[int],
    sure: Collection[int],
) -> Remark:
    """Take over what a list says of some files."""
    labels = {rows[i]: text for i, text in found.labels.items()}
    other = [i for i, text in labels.items() if made.labels.get(i, text) != text]
    count = made.take(labels, rows, sure)
    left = len(set(shelf.pictures()) & set(rows) - made.labels.keys())
    names, others = ([shelf.names[i] for i in those] for those in (rows, sorted(other)))
    return taken(name, found, count, left, names, others, shelf.repeats)


def taken(
    name: str,
    found: Assigned,
    count: int,
    left: int,
    names: Sequence[str],
    other: Sequence[str] = (),
    repeats: str = FIRST,
) -> Remark:
    """What to know of a list whose classes were taken: of `count` pictures, while `left` have no
    row in it. names: of the pictures that it was held against; other: of those that an earlier list
    gave another class; repeats: as in `PictureOptions`, which is of files, and rows are none."""
    columns = " and ".join(found.columns or ())
    torn = f"rows of different classes ({some(names[i] for i in sorted(found.torn))})"
    counts = {
        "rows of no picture here, or of no class": found.strangers,
        "rows of several pictures": found.unclear,
        f"pictures with {torn}, {TORN}{ROWS_HOLD * (repeats == EACH)}": len(found.torn),
        f"pictures of which an earlier list says otherwise ({some(other)}), and holds": len(other),
        "pictures without a row": left,
    }
    text = f"Classes were taken from it{f' ({columns})' * bool(columns)}: {count:,}"
    more = "".join(f"; {what}: {number:,}" for what, number in counts.items() if number)
    return Remark(name, f"{text}{more}.")
