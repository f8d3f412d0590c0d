"""Classes in the names of files: `cat.0.jpg`, `dog_12.png`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from se_viz.pictures.names import Parts, typed_class
from se_viz.pictures.placing import some
from se_viz.pictures.records import Remark
from se_viz.pictures.shelf import Claims, Shelf

NUMBER = "number"
"""The pattern of a word and a number, which may be asked for by this name."""
_NUMBER = re.compile(r"(.*?[^\W\d_].*?)[ ._-]*\(?\d+\)?(?:\.\w+)?")
FEWEST, MOST = 4, 0.8  # pictures of which a pattern is seen, and the part of them that fits it
PROPOSE = "--label-pattern number, or the choice beside the uploader, takes these words as classes"
_CAMERAS = "img image dsc dscn dscf dscp pxl mvimg picture pic photo scan vid wp sam gopr"
_PROGRAMS = "frame screenshot signal whatsapp page tile patch"
CAMERAS = frozenset(f"{_CAMERAS} {_PROGRAMS}".split())
"""Words that cameras and programs write before a number."""


def pattern_of(text: str) -> re.Pattern[str]:
    """A pattern of names: `number`, or a regular expression that has a group for the class.

    Raises:
        ValueError: where it is none; a sentence for people.
    """
    if text == NUMBER:
        return _NUMBER
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"{text} is no regular expression: {error}.") from error
    if not pattern.groups:
        raise ValueError(f"{text} has no group (...) that could be the class.")
    return pattern


def class_in(path: Parts, pattern: re.Pattern[str]) -> str | None:
    """The class in a file's name, None where it does not fit; a group named `class` comes first."""
    found = (pattern.fullmatch if pattern is _NUMBER else pattern.search)(path[-1])
    if not found:
        return None
    group = found["class"] if "class" in pattern.groupindex else found[1]
    return typed_class(group or "") or None


def by_names(shelf: Shelf, rows: Sequence[int], text: str) -> Claims:
    """The classes in the names of some of the files, by the pattern that a person chose."""
    made, pattern = Claims(), pattern_of(text)
    found = {i: class_in(shelf.files[i].parts, pattern) for i in rows}
    fits = {i: label for i, label in found.items() if label}
    count, other = made.take(fits, rows, set(shelf.sure) - fits.keys()), len(rows) - len(fits)
    if rows:
        more = f"; names that do not fit: {other:,}" * bool(other)
        said = f"Classes were taken from names of files: {count:,}{more}."
        made.told = [Remark(shelf.names[rows[0]], said, len(rows))]
    return made


def proposal(shelf: Shelf, rows: Sequence[int]) -> Iterator[Remark]:
    """Where nothing else tells classes apart: that names of files may."""
    unsure = [i for i in rows if i not in shelf.sure]
    words = _words([shelf.files[i].parts for i in unsure])
    if words:
        text = f"Most names are a word and a number ({some(words)})"
        yield Remark(shelf.names[unsure[0]], f"{text}; {PROPOSE}.", len(unsure))


def _words(paths: Sequence[Parts]) -> list[str]:
    """The words before numbers, where most names have one of a few; none where that looks like
    chance, or like a camera."""
    words = [class_in(path, _NUMBER) for path in paths]
    found = [word for word in words if word and word.lower() not in CAMERAS]
    different = list(dict.fromkeys(found))
    few = 2 <= len(different) <= len(paths) / 2
    return different if few and len(paths) >= FEWEST and len(found) >= MOST * len(paths) else []
