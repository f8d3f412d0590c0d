"""Classes in the names of files: `cat.0.jpg`, `dog_12.png`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from se_viz.pictures.decoding.decode import SUFFIXES
from se_viz.pictures.labels.names import Parts, suffix, typed_class
from se_viz.pictures.labels.placement import some
from se_viz.pictures.records import Remark
from se_viz.pictures.sources.shelf import Claims, Shelf
from se_viz.pictures.ways import way

NUMBER = "number"
"""Stands for the word before a number, where a person may write a pattern."""
FEWEST, MOST = 4, 0.8  # pictures of which a pattern is seen, and the part of them that fits it
PROPOSE = f"{way('label_pattern')} takes these words as classes"
_CAMERAS = "img image dsc dscn dscf dscp pxl mvimg picture pic photo scan vid wp sam gopr"
_PROGRAMS = "frame screenshot signal whatsapp page tile patch"
CAMERAS = frozenset(f"{_CAMERAS} {_PROGRAMS}".split())
"""Words that cameras and programs write before a number."""


def pattern_of(text: str) -> re.Pattern[str] | None:
    """A person's pattern of names: a regular expression with a group for the class, or `number`,
    which is none (None).

    Raises:
        ValueError: where it is neither; a sentence for people.
    """
    if text == NUMBER:
        return None
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"{text} is no regular expression: {error}.") from error
    if not pattern.groups:
        raise ValueError(f"{text} has no group (...) that could be the class.")
    return pattern


def class_in(path: Parts, pattern: re.Pattern[str] | None) -> str | None:
    """The class in a file's name, None where it does not fit; a group named `class` comes first.

    Without a pattern, it is what comes before a number at the end.
    """
    if pattern is None:
        return _before_number(path)
    found = pattern.search(path[-1])
    if not found:
        return None
    group = found["class"] if "class" in pattern.groupindex else found[1]
    return typed_class(group or "") or None


def _before_number(path: Parts) -> str | None:
    ending = suffix(path)
    stem = path[-1][: -len(ending)] if ending in SUFFIXES else path[-1]
    whole = stem.removesuffix(")")
    word = whole.rstrip("0123456789")
    name = word.rstrip(" ._-(")
    fits = word != whole and any(map(str.isalpha, name))
    return typed_class(name) or None if fits else None


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
    words = [class_in(path, None) for path in paths]
    found = [word for word in words if word and word.lower() not in CAMERAS]
    different = list(dict.fromkeys(found))
    few = 2 <= len(different) <= len(paths) / 2
    return different if few and len(paths) >= FEWEST and len(found) >= MOST * len(paths) else []
