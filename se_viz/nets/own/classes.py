"""Names of classes from a file that a person hands in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from se_viz.files import unread
from se_viz.pictures.labels.names import typed_class
from se_viz.pictures.limits import MIB, megabytes

MOST_BYTES = 4 * MIB
MOST = 100_000


def read_classes(source: str | bytes | Path) -> tuple[str, ...]:
    """The names of a network's classes, in the order of its outputs.

    Reads a name per line; a JSON list; a JSON object of index to name, or to a list that ends with
    the name ({"0": ["n01440764", "tench"]}, as Keras has it); or of name to index ({"tench": 0}, as
    Keras's folders of pictures have it). Equal names are numbered.

    Args:
        source: the text, its bytes in UTF-8, or the path of a file.

    Raises:
        ValueError: where it holds no such list, or a name is missing.
    """
    text = _text(source).strip()
    names = _json(text) if text[:1] in ("[", "{") else text.splitlines()
    if not names:
        raise ValueError("The list of classes is empty.")
    if len(names) > MOST:
        raise ValueError(f"The list has {len(names):,} classes; {MOST:,} are allowed.")
    known = [typed_class(name) for name in names]
    if "" in known:
        raise ValueError(f"The list of classes has no name for class {known.index('') + 1}.")
    return tuple(_numbered(known))


def _numbered(names: Sequence[str]) -> Iterator[str]:
    """The names, the first of equal ones as it is; no number makes a name that another has."""
    listed, given, repeats = set(names), set[str](), Counter[str]()
    for name in names:
        free = name
        while free in given or (free != name and free in listed):
            repeats[name] += 1
            free = f"{name} ({repeats[name] + 1})"
        given.add(free)
        yield free


def _text(source: str | bytes | Path) -> str:
    if isinstance(source, Path):
        source = _bytes(source)
    if len(source) > MOST_BYTES:
        raise ValueError(f"A list of classes may have up to {megabytes(MOST_BYTES)}.")
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("The list of classes is no text in UTF-8.") from error


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(f"{path} {unread(error)}") from error


def _json(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("The list of classes starts like JSON and is none.") from error
    names = found if isinstance(found, list) else _by_index(found)
    if not all(isinstance(name, str) for name in names):
        raise ValueError("The list of classes holds something that is not a name.")
    return names


def _by_index(found: dict[str, Any]) -> list[Any]:
    if len({index for index in found.values() if type(index) is int}) == len(found):
        found = {str(index): name for name, index in found.items()}
    last = {key: v[-1] if isinstance(v, list) and v else v for key, v in found.items()}
    try:
        return [last.pop(str(number)) for number in range(len(found))]
    except KeyError as error:
        raise ValueError(f"The list of classes has no name for index {error}.") from error
