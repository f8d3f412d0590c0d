"""Which folder names the class of the pictures in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import takewhile

from se_viz.pictures.labels.names import Parts

_KINDS = "images image imgs img pictures pics photos jpegs jpegimages jpg jpeg png"
_PARTS = "train training trainset val valid validation valset test testing testset eval evaluation"
MEANINGLESS = frozenset(f"{_KINDS} {_PARTS} data dataset datasets".split())
"""Names of folders that say what is in them or what for, not what is to be seen; lower case."""


@dataclass(frozen=True)
class Rule:
    """Which folder names the class of pictures that were handed in together.

    The first one below `root`, the deepest folder that holds them all; names in `empty` are passed
    over. Where no folder below names any, `one` is the class of all.

    beside: whether a name in `empty` is a class where no folder below it is. top: how many of the
    first folders are the one that was given. level: a person's choice, counted from that one (0),
    or, below 0, from the picture's own folder (-1). own: whether the last folder below `root` names
    the class instead of the first, which is a picture's own one where that has a meaning.
    """

    root: Parts = ()
    empty: frozenset[str] = frozenset()
    one: Parts | None = None
    beside: bool = False
    top: int = 0
    level: int | None = None
    own: bool = False

    def place(self, folder: Parts) -> Parts | None:
        """The folder that names the class of the pictures in `folder`; None where none does."""
        if self.level is not None:
            return self._chosen(folder, self.level)
        start = len(self.root)
        if folder[:start] != self.root:
            return rule_of([folder]).place(folder)
        if self.one is not None:
            return self.one
        depth = _first(folder, start, self.empty)
        if depth is not None and self.own:
            depth = _last(folder, self.empty)
        if depth is None and self.beside and len(folder) > start:
            depth = start + 1
        return None if depth is None else folder[:depth]

    def _chosen(self, folder: Parts, level: int) -> Parts | None:
        depth = self.top + level if level >= 0 else len(folder) + 1 + level
        fits = 0 < depth <= len(folder) or depth == level == 0
        return folder[:depth] if fits else None


def rule_of(
    folders: Collection[Parts], given: int = 0, level: int | None = None, own: bool = False
) -> Rule:
    """The rule for pictures in these folders.

    given: how many of their first folders were handed in as such. Where it is 0, as in a ZIP, one
    folder that holds all the others counts as given. level: a person's choice. own: see `Rule`.
    """
    root = common_root(folders)
    top = given or min(len(root), 1)
    if level is not None:
        return Rule(top=top, level=level)
    for empty in (MEANINGLESS, frozenset[str]()):
        depths = {_first(folder, len(root), empty) for folder in folders}
        if depths - {None}:
            return Rule(root, empty, None, depths <= {None, len(root) + 1}, top, own=own)
        above = _last(root, empty)
        if above:
            return Rule(root, empty, root[:above], top=top)
    return Rule(top=top)


def common_root(folders: Collection[Parts]) -> Parts:
    """The deepest folder that holds all of them."""
    first, last = min(folders, default=()), max(folders, default=())
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return tuple(part for part, _ in same)


def _first(folder: Parts, start: int, empty: Collection[str]) -> int | None:
    """How deep the first folder with a meaning lies, counted from 1; None where there is none."""
    rest = enumerate(folder[start:], start + 1)
    return next((depth for depth, name in rest if name.lower() not in empty), None)


def _last(folder: Parts, empty: Collection[str]) -> int:
    """How deep the last folder with a meaning lies, counted from 1; 0 where there is none."""
    return max((n for n, name in enumerate(folder, 1) if name.lower() not in empty), default=0)
