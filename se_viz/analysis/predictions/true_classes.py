"""Which of a network's classes a label names, never guessed between two, and what names none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

import numpy as np
import pandas as pd

from se_viz.nets.classes import imagenet
from se_viz.pictures.labels.alike import plain

NAMED, LOOKED_UP = 10, 50
"""Labels that a sentence names; those whose nearest class is looked for, as it takes long."""
NEAR = 0.5
"""Likeness of two names, of 0 to 1, from which on they are near."""
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
_STEM = re.compile(r"^(.*\S) \((.*)\)$")


@dataclass(frozen=True, eq=False)
class Truth:
    """The true class of N pictures, as far as their labels tell.

    Attributes:
        labels: of the pictures; "" for one without a class of its own.
        classes: names of the network's K classes.
        rows: int (N,), the class of each picture; -1 for one that is left out.
        fits: label -> the classes that it fits; one where it counts.
        numbers: whether the labels were read as indices of classes.
    """

    labels: tuple[str, ...]
    classes: tuple[str, ...]
    rows: np.ndarray
    fits: Mapping[str, tuple[int, ...]]
    numbers: bool

    @property
    def known(self) -> np.ndarray:
        """int (n,): places of the pictures that count."""
        return np.flatnonzero(self.rows >= 0)

    @property
    def left_out(self) -> int:
        """How many pictures do not count."""
        return int((self.rows < 0).sum())

    def name_of(self, label: str) -> str:
        """The network's class that a label names, or ""."""
        fits = self.fits.get(label, ())
        return self.classes[fits[0]] if len(fits) == 1 else ""

    def table(self) -> pd.DataFrame:
        """What is left out, most pictures first.

        Returns:
            Columns class (the label), pictures, why, nearest (a class of the network, or those that
            it fits; "" where none is near, and beyond the first 50).
        """
        out = [self.labels[place] for place in np.flatnonzero(self.rows < 0)]
        rows = [
            (label, count, *self._why(label, place < LOOKED_UP))
            for place, (label, count) in enumerate(Counter(out).most_common())
        ]
        return pd.DataFrame(rows, columns=["class", "pictures", "why", "nearest"])

    def _why(self, label: str, look: bool) -> tuple[str, str]:
        if not label:
            return "no class of its own", ""
        fits = self.fits[label]
        if fits:
            return "fits more than one class", ", ".join(self.classes[row] for row in fits)
        name = _name_of_number(label)
        why = f"{name}, no class of this network" if name else "no class of this network"
        return why, nearest(label, self.classes) if look else ""


def truth_of(labels: Sequence[str], classes: Sequence[str], numbers: bool | None = None) -> Truth:
    """The true classes of pictures.

    A label names a class by its name, spelled with other capitals, `_` or `-` if need be; by its
    WordNet number, with or without a name, where the network has classes of ImageNet; or by its
    index, from 0.

    Args:
        labels: as folders and people have them; "" for none.
        classes: of the network.
        numbers: whether labels are indices; None where every one is a number below K, and the
            network has ImageNet's classes.

    Raises:
        ValueError: where labels are to be indices and one is none.
    """
    names, told = tuple(classes), {label for label in labels if label}
    if numbers is None:
        numbers = are_numbers(told, names) and imagenet.is_imagenet(names)
    fitting = _index if numbers else _fitting
    fits = {label: tuple(sorted(fitting(label, names))) for label in told}
    sure = {label: rows[0] for label, rows in fits.items() if len(rows) == 1}
    rows = np.array([sure.get(label, -1) for label in labels], int)
    return Truth(tuple(labels), names, rows, fits, numbers)


def are_numbers(labels: Iterable[str], classes: Sequence[str]) -> bool:
    """Whether every label (and there is one) is the index of a class, from 0."""
    told = [label for label in labels if label]
    return bool(told) and all(
        _NUMBER.fullmatch(label) and int(label) < len(classes) for label in told
    )


def said(truth: Truth) -> str:
    """A sentence for what is left out of an accuracy; "" where nothing is."""
    if not truth.left_out:
        return ""
    table, count = truth.table(), len(truth.labels)
    named = [_said(*row) for row in table.head(NAMED).itertuples(index=False)]
    more = len(table) - NAMED
    named += [f"and {more:,} more classes"] if more > 0 else []
    counted = f"Accuracy is over {len(truth.known):,} of {count:,} pictures"
    if not len(truth.known):
        counted = f"No accuracy, as none of {count:,} pictures counts"
    return f"{counted}. Left out: {'; '.join(named)}."


def _said(label: str, pictures: int, why: str, nearest: str) -> str:
    who = f"“{label}” ({pictures:,})" if label else f"{pictures:,} of them"
    where = f": {nearest}" if why.startswith("fits") else f", nearest is {nearest}"
    return f"{who}: {why}{where if nearest else ''}"


@lru_cache(maxsize=1024)
def nearest(label: str, classes: tuple[str, ...]) -> str:
    """The class whose name is most like a label, or like the name of its WordNet number; "" where
    none is near."""
    text = _name_of_number(label) or label
    known = {plain(name): name for name in reversed(classes)}
    found = get_close_matches(plain(text), known, 1, NEAR)
    return known[found[0]] if found else ""


def _name_of_number(label: str) -> str:
    wnid = imagenet.wnid_in(label)
    return imagenet.CLASSES[imagenet.WNIDS.index(wnid)] if wnid in imagenet.WNIDS else ""


def _index(label: str, classes: tuple[str, ...]) -> set[int]:
    if not are_numbers([label], classes):
        raise ValueError(
            f"“{label}” is not the index of a class: those are 0 to {len(classes) - 1:,}."
        )
    return {int(label)}


def _fitting(label: str, classes: tuple[str, ...]) -> set[int]:
    """The classes that a label fits equally well."""
    known, wnid = _names(classes), imagenet.wnid_in(label)
    by_number = known.wnids.get(wnid, set()) if wnid else set()
    by_name = known.exact(label) or known.spelled(imagenet.without_wnid(label) if wnid else label)
    if by_number and by_name and not by_number & by_name:
        return by_number | by_name  # number and name contradict each other
    return by_number or by_name


def _sets() -> defaultdict[str, set[int]]:
    return defaultdict(set)


@dataclass(eq=False)
class _Names:
    """A network's classes by what people call them.

    Attributes:
        rows: the names themselves.
        whole: names as `plain` has them, those of their WordNet numbers among them.
        parts: of names, without what stands in brackets, or between commas.
        twins: name -> classes that are called the same elsewhere.
        wnids: WordNet numbers.
    """

    rows: Mapping[str, int]
    whole: defaultdict[str, set[int]] = field(default_factory=_sets)
    parts: defaultdict[str, set[int]] = field(default_factory=_sets)
    twins: defaultdict[str, set[int]] = field(default_factory=_sets)
    wnids: defaultdict[str, set[int]] = field(default_factory=_sets)

    def exact(self, label: str) -> set[int]:
        return {self.rows[label]} | self.twins.get(label, set()) if label in self.rows else set()

    def spelled(self, label: str) -> set[int]:
        whole, first = plain(label), plain(label.split(",")[0])
        return self.whole.get(whole) or self.parts.get(whole) or self.whole.get(first) or set()

    def add(self, row: int, name: str, wnid: str | None) -> None:
        stem = _STEM.match(name)
        parts = [*name.split(","), *([stem[1]] if stem else [])]
        others = _otherwise(name, wnid)
        if stem and stem[2].isdecimal():  # equal names of a list are numbered
            others.append(stem[1])
        for other in others:
            self.twins[other].add(row)
        for text, found in [(name, self.whole), *((part, self.parts) for part in parts)]:
            found[plain(text)].add(row)
        for text in others:
            self.whole[plain(text)].add(row)
        if wnid:
            self.wnids[wnid].add(row)


def _otherwise(name: str, wnid: str | None) -> list[str]:
    """What a class with a WordNet number is called elsewhere."""
    if wnid not in imagenet.WNIDS:
        return []
    row = imagenet.WNIDS.index(wnid)
    others = (imagenet.CLASSES[row], imagenet.OTHERWISE.get(wnid), imagenet.without_wnid(name))
    return [other for other in others if other and other != name]


@lru_cache(maxsize=16)
def _names(classes: tuple[str, ...]) -> _Names:
    known = _Names({name: row for row, name in enumerate(classes)})
    for row, (name, wnid) in enumerate(zip(classes, imagenet.wnids_of(classes), strict=True)):
        known.add(row, name, wnid)
    return known
