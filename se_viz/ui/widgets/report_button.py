"""One button that saves what a person looked at."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from se_viz import report
from se_viz.analysis.predictions.tables import in_words
from se_viz.report import Card, Report, Section
from se_viz.ui.sentences import labels
from se_viz.ui.state.history import Moment, Notes, notes
from se_viz.ui.state.session import sources_of
from se_viz.ui.widgets.figure_card import download

FILE = "se-viz-report.html"
WHAT = (
    "One file with every figure that you have looked at in this session, its numbers and what it "
    "was made with. It opens in any browser, offline. Without thumbnails, pictures are named only."
)


def sidebar() -> None:
    """The button, made when pressed, and whether thumbnails go in."""
    kept = notes()
    with st.sidebar:
        st.subheader("Report")
        thumbnails = st.checkbox("With thumbnails of your pictures", True, key="with thumbnails")
        download(FILE, lambda: write(kept, thumbnails), "Save a report (HTML)", WHAT)


def write(kept: Notes, thumbnails: bool) -> bytes:
    """The file: everything noted, page after page, and the pictures of now."""
    now, figures = kept.now, list(kept.figures.values())
    origin, url = _origin(now)
    pages = list(dict.fromkeys(noted.moment.title for noted in figures))
    sections = [
        Section(
            n.entry,
            n.figure if thumbnails else _without_pictures(n.figure),
            n.table,
            n.moment.title,
            n.manifest(),
        )
        for n in sorted(figures, key=lambda noted: pages.index(noted.moment.title))
    ]
    whole = now.manifest("report", "as said of each figure")
    cards = _cards(now) if thumbnails else []
    return report.write(Report(origin, url, whole, cards, sections))


def _without_pictures(figure: go.Figure) -> go.Figure:
    bare = go.Figure(figure)
    bare.layout.images = ()
    return bare


def _origin(now: Moment) -> tuple[str, str]:
    entry = now.model.entry if now.model else None
    if entry is None:
        return "A file of the person's own.", ""
    return labels.licensed(entry.origin, entry.licence), entry.url


def _cards(now: Moment) -> list[Card]:
    if now.reading is None:
        return []
    shots = now.shots[: report.PICTURES]
    guesses = in_words(now.reading.outputs[: len(shots)], now.reading.output)
    return [
        Card(
            shot.name,
            labels.class_from(label, origin),
            guess,
            shot.file or shot.digest,
            shot.thumbnail,
        )
        for shot, label, origin, guess in zip(
            shots, now.labels, sources_of(shots, now.reading), guesses, strict=False
        )
    ]
