"""What a kind of intervention takes beside the gates it is done to.

Arguments of the command line and widgets of the page are both made of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True)
class Option:
    """Something to be said of an intervention.

    Attributes:
        flag: on the command line, `--flag`.
        help: there; `{kinds}` stands for those that take it.
        label: of its widget.
        link: what links call it.
        field: of the kind that it fills, by its name where it is a file; "" for none.
        metavar: what stands for its value in the help; "" for the flag itself.
        read: from text.
    """

    flag: str
    help: str
    label: str
    link: str
    field: str = ""
    metavar: str = ""
    read: ClassVar[type] = str

    @property
    def of_file(self) -> bool:
        """Whether the command line takes a file for it."""
        return self.read is Path


@dataclass(frozen=True)
class Amount(Option):
    """A number in [low, high], which the page starts at `start` and moves in steps."""

    low: float = 0.0
    high: float = 1.0
    start: float = 0.5
    step: float = 0.05
    read: ClassVar[type] = float


@dataclass(frozen=True)
class GateValue(Option):
    """A number that gates of the network can have, which the page starts at `start`."""

    start: float = 0.5
    step: float = 0.05
    read: ClassVar[type] = float


@dataclass(frozen=True)
class Seed(Option):
    """A whole number in [0, high] that decides what is drawn by lot."""

    high: int = 9999
    read: ClassVar[type] = int


@dataclass(frozen=True)
class Choice(Option):
    """One of some words, the first of which is the usual one."""

    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassName(Option):
    """A class with pictures, of the profile of `Means`."""


@dataclass(frozen=True)
class Means(Option):
    """A class profile whose means gates are set to."""

    read: ClassVar[type] = Path


@dataclass(frozen=True)
class OtherPicture(Option):
    """A picture whose gates are used."""

    read: ClassVar[type] = Path


MEANS = Means(
    "profile",
    "class profile for {kinds}; default: that of the built-in network",
    "Means over",
    "means",
    metavar="FILE.npz",
)
CLASS = ClassName("class", "whose mean, for {kinds}", "Class", "like", "name")
PICTURE = OtherPicture(
    "like", "the picture, for {kinds}", "The other picture", "other", "name", "FILE"
)
SHARE = Amount(
    "value",
    "share of the way, for {kinds}",
    "are moved (0: as learned)",
    "share",
    "value",
    start=1.0,
)
END = Choice("end", "to what, for {kinds}", "to", "end", "end", known=("1", "mean", "0"))
SEED = Seed("seed", "of {kinds}", "Seed", "seed", "seed")
