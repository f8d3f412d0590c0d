"""Names and labels from paths that others wrote: shown to people, never used as places."""

from __future__ import annotations

import os.path
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

LONGEST_NAME = 120
LONGEST_LABEL = 60
JUNK_FOLDERS = frozenset(("__macosx", "$recycle.bin", "system volume information", "@eadir"))
JUNK_FILES = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon"))

Parts = tuple[str, ...]


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """A name fit for display: one line, no control or direction characters, not too long."""
    kept = (_shown(character) for character in unicodedata.normalize("NFC", text))
    line = re.sub(r"\s+", " ", "".join(kept)).strip()
    if len(line) <= longest:
        return line
    tail = longest // 3
    return f"{line[: longest - tail - 1]}…{line[-tail:]}"


def split(path: str, backslash: bool = True) -> Parts:
    """The cleaned folders and file name of a path, which may be absolute, from Windows, or hostile.

    Drives, roots and `..` are dropped; what is left always has a file name. backslash: whether one
    stands between folders.
    """
    path = path.replace("\\", "/") if backslash else path
    pieces = [clean(piece) for piece in path.split("/")]
    kept = [piece for piece in pieces if piece not in ("", ".", "..")]
    if kept and re.fullmatch("[A-Za-z]:", kept[0]):
        del kept[0]
    return tuple(kept) or ("unnamed",)


def is_junk(parts: Parts) -> bool:
    """Hidden files and what operating systems leave behind."""
    hidden = any(part.startswith(".") or part.lower() in JUNK_FOLDERS for part in parts)
    return hidden or parts[-1].lower() in JUNK_FILES


def suffix(parts: Parts) -> str:
    """The lower-case ending of the file name with its dot, or nothing."""
    return os.path.splitext(parts[-1])[1].lower()


def common_folder(folders: Sequence[Parts]) -> Parts | None:
    """The folder that holds all others, or None when there is only one folder.

    Pictures right in it lie beside the folders that name the classes, so it names none itself.
    """
    different = set(folders)
    if len(different) < 2:
        return None
    first, last = min(different), max(different)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return tuple(part for part, _ in same)


def label_of(parts: Parts, common: Parts | None) -> str | None:
    """The name of the last folder, None without a folder or in the `common_folder`."""
    folder = parts[:-1]
    return clean(folder[-1], LONGEST_LABEL) if folder and folder != common else None


def unique_names(paths: Sequence[Parts]) -> list[str]:
    """One name per path, all different: the file's name, with its folders where that is not unique.

    What still repeats is numbered: `a.jpg`, `a.jpg (2)`.
    """
    last = Counter(parts[-1] for parts in paths)
    wanted = [parts[-1] if last[parts[-1]] == 1 else clean("/".join(parts)) for parts in paths]
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
    return "" if category.startswith("C") else character
