"""One person's pictures: gates, thumbnails and labels; the files themselves wait on disk."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from se_viz import profiles as profile
from se_viz.analysis.profiles.groups import Group, guesses
from se_viz.nets import builtin
from se_viz.nets.classes.imagenet import named
from se_viz.pictures import (
    Earlier,
    Picture,
    PictureOptions,
    Remark,
    Repeat,
    Skipped,
    Source,
    Spool,
)
from se_viz.pictures.labels.names import typed_class
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import GUESSED, OPEN, Reading, join
from se_viz.profiles import Origin, Profile
from se_viz.ui.sentences.pictures import yours
from se_viz.ui.state import caches

EDITED = "you"
NETWORKS = 2
"""Networks whose gates a session keeps."""


@dataclass(frozen=True)
class Shot:
    """One uploaded picture without its pixels.

    `source` says where the label comes from: its folder, a list, its name, a network's prediction
    (then `label` is None, as each network has its own), or the person. `options` are how it is read
    again; `file` is the SHA-256 of its file, `page` which one of several in it, `place` where that
    lay.
    """

    name: str
    digest: str
    label: str | None
    source: str
    thumbnail: bytes = field(repr=False)
    width: int
    height: int
    options: PictureOptions = field(default_factory=PictureOptions, repr=False)
    file: str = ""
    page: int | None = None
    place: str = ""


def shot_of(picture: Picture) -> Shot:
    """What is kept of a picture."""
    return Shot(
        picture.name,
        picture.digest,
        picture.label or None,
        picture.by if picture.label else GUESSED,
        picture.thumbnail,
        picture.width,
        picture.height,
        picture.options,
        picture.file,
        picture.page,
        picture.place,
    )


def labels_of(shots: Sequence[Shot], reading: Reading | None) -> tuple[str, ...]:
    """Classes of pictures: as given, by the network's name where that is a WordNet number, else as
    the network that read them guesses."""
    if reading is None:
        return ()
    given, classes = (shot.label for shot in shots), reading.output.classes
    return tuple(
        named(label, classes) if label else guess
        for label, guess in zip(given, reading.labels, strict=True)
    )


def sources_of(shots: Sequence[Shot], reading: Reading | None) -> tuple[str, ...]:
    """Where classes of pictures come from; without a prediction, where nobody gave one, nowhere."""
    guess = GUESSED if reading is None or reading.output.guesses else OPEN
    return tuple(guess if shot.source == GUESSED else shot.source for shot in shots)


@dataclass
class Seen:
    """What one network read of a session's pictures; row i belongs to shot i, the last may miss."""

    blocks: tuple[Block, ...]
    origin: Origin
    reading: Reading | None = None
    made: tuple[tuple[Sequence[str], ...], Profile] | None = None

    def __len__(self) -> int:
        return 0 if self.reading is None else len(self.reading)

    def add(self, reading: Reading) -> None:
        self.reading = reading if self.reading is None else join([self.reading, reading])
        self.made = None

    def select(self, rows: Sequence[int]) -> None:
        if self.reading is not None:
            self.reading = self.reading.select(rows) if rows else None
            self.made = None

    def profile(self, labels: tuple[str, ...], class_from: tuple[str, ...]) -> Profile:
        """The class profile under these labels, computed once for the same ones."""
        key = (labels, class_from)
        if self.made is None or self.made[0] != key:
            assert self.reading is not None
            named = self.reading.relabel(labels, class_from)
            self.made = (key, profile.of_reading(named, self.blocks, self.origin))
        return self.made[1]


@dataclass
class Collection:
    """All pictures of a session, and what each network read of them.

    `network` is the key of the network that the pages show. `turn` is for whoever reads pictures: a
    run that a click has made stale may still be at it when the next one starts.
    """

    shots: list[Shot] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    uploads: int = 0
    network: str = builtin.NAME
    seen: dict[str, Seen] = field(default_factory=dict)
    spool: Spool = field(default_factory=Spool, repr=False)
    turn: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __len__(self) -> int:
        return len(self.shots)

    @property
    def reading(self) -> Reading | None:
        """What the network of the pages read, under its own guesses where labels are missing."""
        seen = self.seen.get(self.network)
        return seen.reading if seen else None

    @property
    def labels(self) -> tuple[str, ...]:
        """Classes of the pictures: as given, else as the network of the pages guesses."""
        return labels_of(self.shots, self.reading)

    @property
    def class_from(self) -> tuple[str, ...]:
        """Where the classes of the pictures come from."""
        return sources_of(self.shots, self.reading)

    @property
    def told(self) -> tuple[str, ...]:
        """Classes that folders or the person gave; "" where the network only guesses."""
        given = zip(self.shots, self.labels, strict=True)
        return tuple("" if shot.source == GUESSED else label for shot, label in given)

    @property
    def known(self) -> dict[str, Earlier]:
        """Every picture by its digest."""
        return {shot.digest: Earlier(shot.name, shot.label, shot.place) for shot in self.shots}

    @property
    def disputed(self) -> list[tuple[int, str]]:
        """Rows of pictures that came under several classes, each with one that does not hold."""
        rows = {shot.digest: row for row, shot in enumerate(self.shots)}
        again = [item for item in self.skipped if isinstance(item, Repeat) and item.digest in rows]
        came = [
            (rows[item.digest], label)
            for item in again
            for label in (item.holds, item.label)
            if label
        ]
        now, classes = self.labels, self.reading.output.classes if self.reading else ()
        other = dict.fromkeys((row, named(label, classes)) for row, label in came)
        return [(row, label) for row, label in other if label != now[row]]

    def labelled(self, network: str | None = None) -> Reading:
        """What a network read, by default that of the pages, under the labels and names of now."""
        reading = self.seen[network or self.network].reading
        assert reading is not None  # there are shots
        names = tuple(shot.name for shot in self.shots)
        return replace(reading.relabel(self.labels, self.class_from), names=names)

    def look_through(self, network: str, seen: Seen) -> Seen:
        """What a network has read so far, `seen` where it is new; the oldest other gives way."""
        kept = self.seen.pop(network, seen)
        while len(self.seen) >= NETWORKS:
            self.seen.pop(next(key for key in self.seen if key != self.network))
        self.seen[network] = kept
        return kept

    def add(self, reading: Reading, shots: Sequence[Shot], network: str) -> None:
        """Take in pictures that a network has read."""
        for shot in shots:
            self.shots.append(replace(shot, name=self._free(shot.name)))
        self.seen[network].add(reading)

    def missing(self, network: str) -> list[Source]:
        """The pictures that a network has not read yet."""
        return [self.source(shot) for shot in self.shots[len(self.seen[network]) :]]

    def source(self, shot: Shot) -> Source:
        """A picture once more, to be read as it was."""
        return self.spool.source(
            shot.file or shot.digest, shot.name, shot.label, shot.options, shot.page
        )

    def forget_files(self) -> None:
        """Give the room of files back that no picture is of."""
        self.spool.retain({shot.file or shot.digest for shot in self.shots})

    def drop(self, lost: Sequence[Skipped]) -> None:
        """Leave out pictures that can no longer be read, by their names."""
        names = {item.name for item in lost}
        rows = [row for row, shot in enumerate(self.shots) if shot.name not in names]
        for seen in self.seen.values():
            seen.select([row for row in rows if row < len(seen)])
        self.shots = [self.shots[row] for row in rows]
        self.skipped += lost

    def rename(self, labels: Mapping[int, str], source: str = EDITED) -> None:
        """Give rows new labels, which come from there; empty ones are ignored."""
        now = self.labels
        for row, text in labels.items():
            label = typed_class(text)
            if label and label != now[row]:
                self.shots[row] = replace(self.shots[row], label=label, source=source)

    def group(self, network: str | None = None) -> Group | None:
        """The class profile of the pictures through a network, by default that of the pages, under
        the labels of now; None without any picture."""
        if not self.shots:
            return None
        made = self.seen[network or self.network].profile(self.labels, self.class_from)
        return Group(f"{yours(len(self))}{guesses(made)}", made)

    def _free(self, name: str) -> str:
        taken, free, number = {shot.name for shot in self.shots}, name, 1
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        return free


def apart(mine: Group | None, reference: Group) -> Group | None:
    """One's own pictures, None where they are the reference themselves."""
    return None if mine is None or mine.profile is reference.profile else mine


def collection() -> Collection:
    """This session's pictures."""
    if "collection" not in st.session_state:
        st.session_state["collection"] = Collection()
    return st.session_state["collection"]


def forget() -> None:
    """Drop this session's pictures and everything made of them; their classes are not chosen."""
    mine = collection()
    for key in ("classes", "inside", "own", "notes"):
        st.session_state.pop(key, None)
    caches.forget()
    st.session_state["collection"] = Collection(uploads=mine.uploads + 1, network=mine.network)
