"""Classes whose names read alike, and are different classes all the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from se_viz.pictures.labels.names import DIGITS
from se_viz.pictures.records import Remark, Skipped, Source

_DIGEST = re.compile(f" ~[0-9a-f]{{{DIGITS}}}$")


def bare(name: str) -> str:
    """A class's name without the digits that `class_name` gives to what cannot be shown."""
    return _DIGEST.sub("", name)


def plain(name: str) -> str:
    """A class's name without what people vary: capitals, `_` and `-` for spaces, apostrophes,
    wide letters (Unicode's form NFKC)."""
    whole = unicodedata.normalize("NFKC", bare(name)).casefold()
    return " ".join(re.sub(r"[\s_\-‐‑–—]+", " ", re.sub("['’`´]", "", whole)).split())


def alike(names: Iterable[str]) -> list[list[str]]:
    """Names that are the same but for what `plain` leaves out, two or more together."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        found[plain(name)].append(name)
    return [same for same in found.values() if len(same) > 1]


def with_alike(items: Iterable[Source | Skipped | Remark]) -> Iterator[Source | Skipped | Remark]:
    """The same, with a remark at the end for classes whose names read alike."""
    labels: dict[str, None] = {}
    for item in items:
        if isinstance(item, Source) and item.label:
            labels[item.label] = None
        yield item
    for first, *others in alike(labels):
        text = f"this class and {', '.join(others)} read alike and stay apart: rename to join them."
        yield Remark(first, text)
