"""Names and labels from paths that others wrote: shown to people, never used as places."""

from __future__ import annotations

import hashlib
import os.path
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence

LONGEST_NAME = 120
LONGEST_LABEL = LONGEST_NAME
DIGITS = 8
"""Of the SHA-256 of a class's name that cannot be shown as it is."""
_NOWHERE = ("", ".", "..")
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_STRAY_JOINERS = re.compile(f"(?<![^\\0-\x7f])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\0-\x7f])")
"""They shape letters of some scripts and pictographs; beside others nobody sees them."""
_COUNT = re.compile("([^0-9]*)([0-9]{0,300})")
JUNK_FOLDERS = frozenset(("__macosx", "$recycle.bin", "system volume information", "@eadir"))
JUNK_FILES = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon"))

Parts = tuple[str, ...]


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """A name fit for display: one line, no control or direction characters, not too long."""
    kept = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    line = re.sub(r"\s+", " ", _STRAY_JOINERS.sub("", kept)).strip()
    line = unicodedata.normalize("NFC", line)
    if len(line) <= longest:
        return line
    tail = longest // 3
    return f"{line[: longest - tail - 1]}…{line[-tail:]}"


def class_name(text: str) -> str:
    """What a class is known by everywhere: names that differ give names that differ.

    A name fit for display stays as it is, in Unicode's form NFC (macOS stores NFD). Where `clean`
    has to change it, digits of the SHA-256 of the whole name follow: `cat ~1f3a5b7c`. Names that
    are made so stay as they are. At most LONGEST_LABEL characters; "" only for "".
    """
    whole = unicodedata.normalize("NFC", text)
    if clean(whole, LONGEST_LABEL) == whole:
        return whole
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
    return f"{clean(whole, LONGEST_LABEL - DIGITS - 2) or 'unnamed'} ~{digest}"


def typed_class(text: str) -> str:
    """The `class_name` of what a person typed or listed: what nobody sees does not count; "" where
    nothing can be seen."""
    return class_name(clean(text, sys.maxsize))


def split(path: str, backslash: bool = True) -> Parts:
    """The folders and file name of a path, which may be absolute, from Windows, or hostile.

    Folders are `class_name`s, so that different ones stay different; the file name is cleaned.
    Drives, roots and `..` are dropped; what is left always has a file name. backslash: whether one
    stands between folders.
    """
    return tuple(piece for piece, _ in _pieces(path, backslash)) or ("unnamed",)


def written(path: str, backslash: bool = True) -> Parts:
    """The folders of `split` as they are written, in whatever form of Unicode."""
    return tuple(raw for _, raw in _pieces(path, backslash)[:-1])


def _pieces(path: str, backslash: bool) -> list[tuple[str, str]]:
    """Folders and file name, cleaned and as they are."""
    *folders, last = (path.replace("\\", "/") if backslash else path).split("/")
    pieces = [*((class_name(folder), folder) for folder in folders), (file_name(last), last)]
    kept = [piece for piece in pieces if piece[0] not in _NOWHERE]
    if kept and re.fullmatch("[A-Za-z]:", kept[0][0]):
        del kept[0]
    return kept


def file_name(text: str) -> str:
    """A file's name, cleaned; it always has something to see, unless it is empty."""
    name = clean(text)
    return class_name(text) if name in _NOWHERE else name


def is_junk(parts: Parts) -> bool:
    """Hidden files and what operating systems leave behind."""
    hidden = any(part.startswith(".") or part.lower() in JUNK_FOLDERS for part in parts)
    return hidden or parts[-1].lower() in JUNK_FILES


def suffix(parts: Parts) -> str:
    """The lower-case ending of the file name with its dot, or nothing."""
    return os.path.splitext(parts[-1])[1].lower()


def natural(parts: Sequence[str]) -> list[list[tuple[str, int, str]]]:
    """A key that sorts paths as people count: `2.png` before `10.png`."""
    return [[(word, int(number or 0), number) for word, number in _COUNT.findall(p)] for p in parts]


def unique_names(paths: Sequence[Parts], homes: Sequence[str] = ()) -> list[str]:
    """One name per path, all different: the file's name, with its folders where that is not unique.

    homes: the ZIP that each is in, or "", which comes before where folders are the same as well.
    What still repeats is numbered: `a.jpg`, `a.jpg (2)`.
    """
    last, whole = Counter(parts[-1] for parts in paths), Counter(paths)
    homes = homes or [""] * len(paths)
    wanted = []
    for parts, home in zip(paths, homes, strict=True):
        before = (home,) if home and whole[parts] > 1 else ()
        longer = clean("/".join((*before, *parts)))
        wanted.append(parts[-1] if last[parts[-1]] == 1 else longer)
    taken: set[str] = set()
    repeats: Counter[str] = Counter()
    return [_free(name, taken, repeats) for name in wanted]


def _free(name: str, taken: set[str], repeats: Counter[str]) -> str:
    free = name
    while free in taken:
        repeats[name] += 1
        free = f"{name} ({repeats[name] + 1})"
    taken.add(free)
    return free


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cs", "Co", "Cn"):
        return "\N{REPLACEMENT CHARACTER}"
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character
    return "" if category.startswith("C") else character
