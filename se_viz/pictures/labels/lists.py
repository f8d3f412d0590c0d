"""Lists that say which picture is of which class: CSV, TSV, text or JSON, from anybody."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from se_viz.pictures.decoding.decode import SUFFIXES
from se_viz.pictures.labels.names import Parts, suffix
from se_viz.pictures.limits import MIB, megabytes
from se_viz.pictures.sources.zip_names import LIKELY

MOST_BYTES = 32 * MIB
"""Of one list; it is read into memory."""
MOST_COLUMNS = 20
LONGEST_LINE = 4096  # characters of a line without columns
LOOK = 64 * 1024  # characters from which the form of a list is seen
TABLES, TEXTS = (".csv", ".tsv"), (".txt", ".json")
_PARTS = "train val valid validation test"
_BY_PART = " ".join(f"{part}_labels {part}_list {part}_annotations" for part in _PARTS.split())
KNOWN = frozenset(f"labels label classes annotations metadata {_PARTS} {_BY_PART}".split())
"""Names, without their endings, of lists that lie among pictures."""
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_SPARE_MARKS = re.compile(f'^{_MARK}*("?){_MARK}*', re.MULTILINE)
"""A byte order mark that a program wrote although one was there, or that stood in a file which was
put after another."""
_ENDINGS = "|".join(re.escape(ending) for ending in sorted(SUFFIXES))
_PAIR = re.compile(rf"(.+?(?:{_ENDINGS}))\s+(\S.*)", re.IGNORECASE)


class ListError(ValueError):
    """A list of classes that cannot be used; its text is one sentence that names it."""


@dataclass(frozen=True)
class ClassList:
    """A list of classes as it was handed in."""

    name: str
    data: bytes = field(repr=False)

    def table(self) -> Table:
        """Its rows; raises ListError."""
        if len(self.data) > MOST_BYTES:
            most = f"{megabytes(MOST_BYTES)} allowed for a list of classes"
            raise ListError(f"{self.name} has {megabytes(len(self.data))}, more than the {most}.")
        text = _text(self.data).replace("\0", "")
        if _MARK in text:
            text = _SPARE_MARKS.sub(r"\1", text)
        if suffix((self.name,)) == ".json":
            return Table(self.name, "", tuple(_json(text, self.name)))
        return Table(self.name, text)


@dataclass(frozen=True)
class Table:
    """The rows of a list, cells as text. They are parsed anew each time, so as not to be kept."""

    name: str
    text: str = field(repr=False)
    read: tuple[list[str], ...] = ()

    def __iter__(self) -> Iterator[list[str]]:
        """Rows that are not empty; raises ListError."""
        if self.read:
            yield from self.read
            return
        sign = _separator(self.text)
        lines = io.StringIO(self.text, newline="")
        rows = csv.reader(lines, delimiter=sign) if sign else map(_pair, lines)
        try:
            yield from (row[:MOST_COLUMNS] for row in rows if any(cell.strip() for cell in row))
        except csv.Error as error:
            raise ListError(f"{self.name} is no list that can be read: {error}.") from error


def may_be_list(parts: Parts) -> bool:
    """Whether a file among pictures is looked at as a list: known by name, or a table on its own.

    A sample of what is to be handed in at a competition has classes that mean nothing.
    """
    stem, ending = parts[-1].lower().rpartition(".")[0], suffix(parts)
    if "submission" in stem:
        return False
    return ending in (*TABLES, *TEXTS) and (stem in KNOWN or (len(parts) == 1 and ending in TABLES))


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeError:
        import chardet

    pages = (*LIKELY, "cp1250", "cp1251", "cp1252")
    found = chardet.detect(data, include_encodings=pages, prefer_superset=True)["encoding"]
    return data.decode(found or "cp1252", "replace")


def _json(text: str, name: str) -> Iterator[list[str]]:
    """{"a.jpg": "cat", ...} as rows."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ListError(f"{name} is no JSON that can be read.") from error
    if not isinstance(read, dict) or not all(isinstance(v, str | int) for v in read.values()):
        raise ListError(f"{name} does not give a class for each name of a picture.")
    yield from ([key, str(value)] for key, value in read.items())


def _separator(text: str) -> str | None:
    """The sign between cells, with which most lines have the same number of them; None for none."""
    lines = text[:LOOK].splitlines()[: 20 if len(text) > LOOK else None]
    shares = {sign: _alike(lines, sign) for sign in "\t,;|"}
    best = max(shares, key=lambda sign: shares[sign])
    return best if shares[best] >= 0.5 else None


def _alike(lines: list[str], sign: str) -> float:
    """Which share of lines has as many cells as most have, where that is more than one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
    except csv.Error:
        return 0.0
    (width, count), *_ = widths.most_common(1) or [(0, 0)]
    return count / widths.total() if width > 1 else 0.0


def _pair(line: str) -> list[str]:
    """`path class`: up to a picture's ending, else up to the last space."""
    line = line[:LONGEST_LINE].strip()
    found = _PAIR.fullmatch(line)
    return list(found.groups()) if found else line.rsplit(None, 1)
