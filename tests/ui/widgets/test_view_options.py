"""What is chosen on the first page decides what its figures show."""

from __future__ import annotations

import re

import pytest

from se_viz.analysis.networks.paper import PANELS
from se_viz.nets.builtin import CLASSES
from se_viz.ui.widgets.view_options import CLASSES_SHOWN
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    blocks,
    choose,
    figure,
    figures,
    legend,
    mine,
    open_app,
    panels,
    pick,
    sound,
    upload,
)

LOOKS = {
    "Histograms": "gate-histograms",
    "Violins": "gate-violins",
    "Heatmap": "gate-heatmap",
    "Within one class": "spread-within-class",
    "By depth": "specificity-by-depth",
}
OWN = {f"{name}/{seed}.png": picture(seed) for seed, name in enumerate(["cats", "church", "cats"])}


@pytest.fixture
def app():
    return open_app()


@pytest.fixture(scope="module")
def with_pictures():
    return upload(open_app(), {"mine.zip": zip_of(OWN)})


def test_at_first_it_is_the_figure_of_the_paper(app):
    assert legend(app) == [*CLASSES[:CLASSES_SHOWN], "all"]
    assert tuple(blocks(app)) == PANELS
    assert all("50 of" in title for title in panels(app))


@pytest.mark.parametrize("chosen", [["SE_4_2", "SE_5_1"], ["SE_3_1"]])
def test_the_first_words_name_only_blocks_that_are_drawn(app, chosen):
    for expected in (list(PANELS), chosen):
        said = app.main.markdown[0].value
        named = re.findall(r"\*\*(SE_\d_\d)\*\*", said)
        assert named[0] == expected[0]
        assert set(named) <= set(blocks(app)) == set(expected)
        assert len(set(named)) == len(named)
        pick(app, "blocks", *chosen)


def test_chosen_classes_are_the_lines(app):
    pick(app, "classes", "church", "parachute")
    assert legend(app) == ["church", "parachute", "all"]
    assert legend(app, "gate-histograms") == ["church", "parachute", "all"]


def test_a_class_keeps_its_colour_whatever_else_is_chosen(app):
    before = colour_of(app, "chain saw")
    pick(app, "classes", "chain saw", "church")
    assert colour_of(app, "chain saw") == before != colour_of(app, "church")


def colour_of(app, name: str) -> str:
    return next(t["line"]["color"] for t in figure(app)["data"] if t["name"] == name)


def test_chosen_blocks_are_the_panels_in_order_of_depth(app):
    pick(app, "blocks", "SE_5_1", "SE_2_1")
    assert blocks(app) == ["SE_2_1", "SE_5_1"]


def test_a_stage_stands_for_its_blocks(app):
    pick(app, "blocks", "stage 5", "SE_5_1", "SE_4_6")
    assert blocks(app) == ["SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3"]


def test_all_channels_are_more_than_fifty(app):
    choose(app, "channels", "all channels")
    assert not any(" of " in title for title in panels(app))
    choose(app, "channels", "50 most class-specific")
    assert all("50 of" in title for title in panels(app))


def test_sorted_channels_let_the_grey_line_rise(app):
    before = figure(app)["data"]
    choose(app, "order", "by mean gate")
    assert figure(app)["data"] != before
    assert figure(app)["layout"]["xaxis5"]["title"]["text"] == "channels, sorted"


@pytest.mark.parametrize(("columns", "across"), [("1", 1), ("2", 2), ("3", 3)])
def test_panels_stand_side_by_side_as_chosen(app, columns, across):
    choose(app, "columns", columns)
    layout = figure(app)["layout"]
    starts = {tuple(a["domain"]) for name, a in layout.items() if name.startswith("xaxis")}
    assert len(starts) == across


def test_a_band_adds_a_shade_to_each_line_but_the_grey_one(app):
    lines = len(figure(app)["data"])
    app.toggle(key="band").set_value(True)
    sound(app.run())
    shades = [trace for trace in figure(app)["data"] if trace.get("fill") == "toself"]
    assert len(shades) == CLASSES_SHOWN * len(PANELS)
    assert len(figure(app)["data"]) == lines + len(shades)


@pytest.mark.parametrize(("look", "name"), LOOKS.items())
def test_each_look_draws_its_figure(app, look, name):
    choose(app, "look", look)
    assert figures(app) == ["gates-by-class", name]
    assert figure(app, name)["data"]


def test_distributions_come_by_stage_or_by_chosen_block(app):
    assert panels(app, "gate-histograms") == ["stage 2", "stage 3", "stage 4", "stage 5"]
    pick(app, "blocks", "SE_2_1", "SE_5_3")
    choose(app, "part", "block")
    assert blocks(app, "gate-histograms") == ["SE_2_1", "SE_5_3"]


def test_the_class_whose_spread_shows_is_chosen_among_those_shown(app):
    choose(app, "look", "Within one class")
    within = app.main.selectbox(key="within")
    assert within.options == list(CLASSES[:CLASSES_SHOWN])
    before = figure(app, "spread-within-class")["data"]
    within.select(CLASSES[2])
    assert figure(sound(app.run()), "spread-within-class")["data"] != before


@pytest.mark.parametrize("look", LOOKS)
def test_without_classes_the_mean_over_all_is_left(app, look):
    choose(app, "look", look)
    pick(app, "classes")
    assert not app.error
    assert legend(app) == ["all"]
    assert figures(app) == ["gates-by-class", LOOKS[look]]


def test_without_blocks_the_page_asks_for_one(app):
    pick(app, "blocks")
    assert not app.error
    assert not figures(app)
    assert "No block is chosen." in app.main.info[0].value
    pick(app, "blocks", "SE_2_1")
    assert blocks(app) == ["SE_2_1"]


def test_a_link_opens_the_view_that_it_describes():
    app = open_app(
        classes=["church", "gas pump"],
        blocks=["stage 2"],
        channels="all channels",
        order="by mean gate",
        columns="3",
        band="true",
        look="Heatmap",
    )
    assert legend(app) == ["church", "gas pump", "all"]
    assert panels(app)[0] == "SE_2_1 · stage 2 · 128 channels"
    assert blocks(app) == ["SE_2_1", "SE_2_2", "SE_2_3"]
    assert app.toggle(key="band").value
    assert figures(app)[1] == "gate-heatmap"


@pytest.mark.parametrize(
    "query",
    [
        {"classes": "no such class"},
        {"blocks": ["SE_9_9", "SE_2_1"]},
        {"channels": "some"},
        {"columns": "99"},
        {"band": "perhaps"},
        {"look": "<script>"},
        {"show": "mine"},
    ],
    ids=str,
)
def test_a_link_that_asks_for_what_there_is_not_opens_all_the_same(query):
    app = open_app(**query)
    assert not app.error
    assert "all" in legend(app)


@pytest.mark.parametrize(
    ("show", "builtin", "own"),
    [("both", True, True), ("mine", False, True), ("reference", True, False)],
)
def test_own_and_built_in_pictures_show_together_or_alone(with_pictures, show, builtin, own):
    choose(with_pictures, "show", show)
    pick(with_pictures, "classes", "cats", "church", "tench")
    names = legend(with_pictures)
    assert "church" in names
    assert ("tench" in names) == builtin
    assert ("cats" in names) == own
    assert ("your 3 pictures" in names) == (builtin and own)


def test_single_pictures_are_drawn_over_the_classes(with_pictures):
    name = mine(with_pictures).shots[0].name
    before = len(figure(with_pictures)["data"])
    pick(with_pictures, "own", name)
    assert f"picture {name}" in legend(with_pictures)
    assert len(figure(with_pictures)["data"]) == before + len(PANELS)
