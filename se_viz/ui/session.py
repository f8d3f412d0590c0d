"""One person's pictures: gates, thumbnails and labels, never a full-size picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from se_viz import profile
from se_viz.analysis.groups import Group
from se_viz.pictures import Picture, Skipped
from se_viz.pictures.names import LONGEST_LABEL, clean
from se_viz.probe.blocks import Block
from se_viz.probe.reading import Reading, join
from se_viz.profile import Origin, Profile

GIVEN, GUESSED, EDITED = "folder", "prediction", "you"


def counted(number: int, noun: str, ending: str = "s") -> str:
    """`1 picture`, `2,000 pictures`; `ending` makes the plural."""
    return f"{number:,} {noun}{ending * (number != 1)}"


@dataclass(frozen=True)
class Shot:
    """One uploaded picture without its pixels.

    `source` says where the label comes from: its folder, the network's prediction, or the person.
    """

    name: str
    digest: str
    label: str
    source: str
    thumbnail: bytes = field(repr=False)
    width: int
    height: int


def shot_of(picture: Picture, label: str) -> Shot:
    """What is kept of a picture; `label` is its own or the network's guess."""
    return Shot(
        picture.name,
        picture.digest,
        clean(label, LONGEST_LABEL),
        GIVEN if picture.label else GUESSED,
        picture.thumbnail,
        picture.width,
        picture.height,
    )


@dataclass
class Collection:
    """All pictures of a session; row i of `reading` belongs to `shots[i]`."""

    shots: list[Shot] = field(default_factory=list)
    reading: Reading | None = None
    skipped: list[Skipped] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    origin: Origin | None = None
    uploads: int = 0
    _made: tuple[tuple[str, ...], Profile] | None = None

    def __len__(self) -> int:
        return len(self.shots)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(shot.label for shot in self.shots)

    @property
    def known(self) -> dict[str, str]:
        """Digest -> name of every picture."""
        return {shot.digest: shot.name for shot in self.shots}

    def labelled(self) -> Reading:
        """The reading under the labels of now."""
        assert self.reading is not None  # there are shots
        return self.reading.relabel(self.labels)

    def add(self, reading: Reading, shots: list[Shot]) -> None:
        """Take in what a network read of some pictures."""
        for shot in shots:
            self.shots.append(replace(shot, name=self._free(shot.name)))
        joined = reading if self.reading is None else join([self.reading, reading])
        self.reading = replace(joined, names=tuple(shot.name for shot in self.shots))

    def rename(self, labels: Mapping[int, str]) -> None:
        """Give rows new labels; empty ones are ignored."""
        for row, text in labels.items():
            label = clean(text, LONGEST_LABEL)
            if label and label != self.shots[row].label:
                self.shots[row] = replace(self.shots[row], label=label, source=EDITED)

    def group(self) -> Group | None:
        """The class profile of the pictures, None without any; computed once for given labels."""
        if not self.shots or self.origin is None:
            return None
        if self._made is None or self._made[0] != self.labels:
            made = profile.of_reading(self.labelled(), self.blocks, self.origin)
            self._made = (self.labels, made)
        return Group(f"your {counted(len(self), 'picture')}", self._made[1])

    def _free(self, name: str) -> str:
        taken, free, number = {shot.name for shot in self.shots}, name, 1
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        return free


def collection() -> Collection:
    """This session's pictures."""
    if "collection" not in st.session_state:
        st.session_state["collection"] = Collection()
    return st.session_state["collection"]


def forget() -> None:
    """Drop this session's pictures and everything made of them."""
    uploads = collection().uploads
    st.session_state["collection"] = Collection(uploads=uploads + 1)
