"""What a person looked at in this session, with what it takes to make it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from se_viz.figures.entry import FigureEntry
from se_viz.manifest import Manifest, NetworkIdentity, pictures_of, versions
from se_viz.nets.network import PUBLISHED, Grounds
from se_viz.nets.output import UNSETTLED, Output
from se_viz.pictures import Remark
from se_viz.pictures.remarks import tell
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile
from se_viz.profiles.reference import reference_of
from se_viz.ui import compat
from se_viz.ui.state import address, models, resources
from se_viz.ui.state.lessons import lecture
from se_viz.ui.state.models import Model
from se_viz.ui.state.session import Shot, collection, labels_of
from se_viz.ui.widgets.reading_options import WORDS
from se_viz.view import View

NO_NETWORK = NetworkIdentity("", "", "")
MOST = 40
"""Figures that a session remembers."""
KEY = "notes"
"""In the session; gone when another network is chosen or the pictures are removed."""


@dataclass(eq=False)
class Moment:
    """One run of one page: where it stood, and what was there. Everything is held by reference.

    Attributes:
        path, title: of the page.
        model: the network that the pages show.
        network, preprocessing, grounds, output: its facts.
        reference: the class profile that pictures were held against; None where it was stimuli.
        shots, reading: the person's pictures, and what the network read of them.
        view: what was chosen.
        remarks: how the person's files were read.
    """

    path: str
    title: str
    model: Model | None = None
    network: NetworkIdentity = NO_NETWORK
    preprocessing: Mapping[str, Any] = field(default_factory=dict)
    grounds: Grounds = PUBLISHED
    output: Output = UNSETTLED
    reference: Profile | None = None
    shots: tuple[Shot, ...] = ()
    reading: Reading | None = None
    view: View = field(default_factory=View)
    remarks: tuple[Remark, ...] = ()

    def fill(self) -> None:
        """Take down how things stand; nothing is computed."""
        mine, self.model = collection(), models.current()
        self.network, self.preprocessing = resources.identity(), resources.preprocessing()
        self.grounds = resources.grounds()
        self.output = resources.output()
        self.reference = resources.reference().profile if resources.has_profile() else None
        self.shots, self.reading = tuple(mine.shots), mine.reading
        self.remarks = tuple(mine.remarks)
        self.view = address.view(self.path)

    @property
    def labels(self) -> tuple[str, ...]:
        return labels_of(self.shots, self.reading)

    def manifest(
        self, what: str, source: str, beside: tuple[NetworkIdentity, ...] = ()
    ) -> Manifest:
        """For a file made at this moment."""
        labelled = zip(self.shots, self.labels, strict=True)
        rows = ((s.name, s.digest, label, s.source, s.file, s.page) for s, label in labelled)
        return Manifest(
            what,
            source,
            self.network,
            self.preprocessing,
            pictures_of(rows),
            self._reference(),
            self.view.settings,
            self.view.link(),
            beside,
            tuple(tell(self.remarks, WORDS)),
            self.grounds.as_dict(),
            self.output.as_dict(),
        )

    def _reference(self) -> dict[str, Any]:
        if self.reference is not None:
            return reference_of(self.reference)
        return {
            "title": resources.STIMULI,
            "network": self.network.name,
            "fingerprint": self.network.fingerprint,
            "preprocessing": dict(self.preprocessing),
            "versions": versions(),
        }


@dataclass(frozen=True, eq=False)
class Noted:
    """A figure as it was shown last, with the words around it; see `figure_card.show`."""

    entry: FigureEntry
    figure: go.Figure
    table: pd.DataFrame
    source: str
    moment: Moment
    beside: tuple[NetworkIdentity, ...] = ()

    def manifest(self) -> Manifest:
        return self.moment.manifest(self.entry.slug, self.source, self.beside)


@dataclass(eq=False)
class Notes:
    """The figures of a session by name, the one shown last at the end, and the moment of now."""

    figures: dict[str, Noted] = field(default_factory=dict)
    now: Moment = field(default_factory=lambda: Moment("", ""))

    def add(self, noted: Noted) -> None:
        """Remember a figure in its latest state; of too many, the oldest is forgotten."""
        self.figures.pop(noted.entry.slug, None)
        self.figures[noted.entry.slug] = noted
        while len(self.figures) > MOST:
            self.figures.pop(next(iter(self.figures)))


def notes() -> Notes:
    """This session's."""
    return st.session_state.setdefault(KEY, Notes())


def begin(path: str, title: str) -> None:
    """A page starts to be drawn."""
    notes().now = Moment(path, title)


def end() -> None:
    """A page is drawn, so that all of its settings are known."""
    notes().now.fill()


@contextmanager
def part() -> Iterator[None]:
    """Around a part of the page that may be drawn again by itself: then it has a moment of its own,
    with the settings of then."""
    kept, again = notes(), compat.within_part()
    if again:
        kept.now = Moment(kept.now.path, kept.now.title)
    with address.part():
        yield
    if again:
        kept.now.fill()
        if lecture.given() and lecture.lecture().tick(kept.now.view):
            st.rerun()


def note(
    entry: FigureEntry,
    figure: go.Figure,
    table: pd.DataFrame,
    source: str,
    beside: tuple[NetworkIdentity, ...] = (),
) -> Noted:
    """Remember a figure, by reference."""
    kept = notes()
    if kept.now.model is None:
        kept.now.fill()
    made = Noted(entry, figure, table, source, kept.now, beside)
    kept.add(made)
    return made


def drawn_now() -> list[Noted]:
    """The figures that this run has shown, from the top."""
    kept = notes()
    return [noted for noted in kept.figures.values() if noted.moment is kept.now]


def manifest_of_now(what: str, source: str, beside: tuple[NetworkIdentity, ...] = ()):
    """A function that gives the manifest of what this run shows, for files made at a click."""
    kept = notes()
    if kept.now.model is None:
        kept.now.fill()
    moment = kept.now
    return lambda: moment.manifest(what, source, beside)
