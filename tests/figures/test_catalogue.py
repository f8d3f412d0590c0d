"""The catalogue: every figure once, with its words, and a new one is one line."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from se_viz.figures import catalogue
from se_viz.figures.catalogue import ENTRIES, entry, figure, known
from se_viz.figures.entry import FigureEntry

SLUGS = known()


def test_every_slug_is_of_one_figure():
    assert len(set(SLUGS)) == len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_figure_says_what_it_is_and_how_to_read_it(slug):
    found = entry(slug)
    assert found.slug == slug
    assert found.title
    assert found.how.startswith("\n")
    assert found.build.__doc__


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gates-by-class", "Gates by class"),
        ("findings-specificity", "Findings specificity"),
        ("sweep-mine", "Each block in turn, on the person's own pictures"),
    ],
)
def test_names_of_files_read_as_titles(name, words):
    assert entry(name).title == words
    assert FigureEntry("cost", go.Figure, "").title == "Cost"


def test_an_unknown_figure_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="There is no figure 'cost'; there are gates-by-class, "):
        figure("cost")


def test_any_figure_is_drawn_by_its_name():
    drawn = figure("training", [{"epoch": 1, "loss": 2.0}], columns=1)
    assert drawn.data[0].y[0] == 2.0


def test_a_new_figure_is_one_line(monkeypatch):
    toy = FigureEntry("toy", go.Figure, "Look at it.", variants={"toy-mine": "A toy of mine"})
    monkeypatch.setattr(catalogue, "ENTRIES", [*ENTRIES, toy])
    assert entry("toy") is toy
    assert (entry("toy-mine").title, entry("toy-mine").how) == ("A toy of mine", "Look at it.")
    assert isinstance(figure("toy"), go.Figure)
