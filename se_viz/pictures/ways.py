"""How a person sets what was found out otherwise: every surface has words of its own for that.

Sentences of this floor hold a mark in the place of these words. No name of a file or class keeps
the sign that marks are made of (see `names.clean`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

OPTIONS = {
    "zip_names": "--zip-names",
    "class_level": "--class-level",
    "labels": "--labels",
    "label_pattern": "--label-pattern number",
    "pages": "--pages all",
    "range": "--range",
}
"""The words of the command line, by the field of `PictureOptions` that is set."""
_SIGN = "\x1a"
_MARK = re.compile(f"{_SIGN}(\\w+){_SIGN}")


def way(field: str) -> str:
    """The mark for the way to set a field of `PictureOptions`."""
    return f"{_SIGN}{field}{_SIGN}"


def said(text: str, words: Mapping[str, str] = OPTIONS) -> str:
    """A sentence with a surface's words in the place of marks."""
    return _MARK.sub(lambda found: words[found[1]], text)
