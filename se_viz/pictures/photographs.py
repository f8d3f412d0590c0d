"""Photographs free of rights that ship, for networks with ImageNet's classes."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from se_viz import shipped
from se_viz.pictures.records import Source

FOLDER = shipped.ASSETS / "examples" / "photographs"
SOURCES = FOLDER / "SOURCES.csv"


@dataclass(frozen=True)
class Photograph:
    """One photograph.

    Attributes:
        file: its name in `FOLDER`.
        label: its class, as ImageNet calls it.
        what: for people.
        author, licence: who took it, and how it is free.
    """

    file: str
    label: str
    what: str
    author: str
    licence: str

    @property
    def title(self) -> str:
        """For people, with whom it is of."""
        return f"{self.what}, photograph by {self.author}"

    def source(self) -> Source:
        """The picture, for `load`."""
        path = FOLDER / self.file
        return Source(self.file, self.label, path.read_bytes, self.file, path.stat().st_size)


def photographs() -> list[Photograph]:
    """All that ship, by name of their files."""
    with SOURCES.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file"])
    names = ("file", "class", "what", "author", "licence")
    return [Photograph(*(row[name] for name in names)) for row in rows]
