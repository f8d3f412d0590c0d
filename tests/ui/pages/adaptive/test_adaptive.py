"""How adaptive the gates are: shares, specificity, distances, two classes; built-in and own."""

from __future__ import annotations

import re

import pytest

from se_viz.nets import builtin
from se_viz.ui.pages.adaptive import intervals
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    QUIET,
    choose,
    figure,
    figures,
    forget_results,
    go,
    legend,
    on_the_ribbon,
    open_app,
    panels,
    sound,
    upload,
)

COMPARED = ["class-distances", "parting", "telling-channels"]
ALL = ["variance-shares", "class-specificity", "saturation-by-depth", *COMPARED]
TWO = {f"{name}/{seed}.png": picture(seed + len(name)) for name in ("a", "bb") for seed in (1, 9)}
NULL = "95 of 100 shuffles stay below"


@pytest.fixture(scope="module")
def built_in():
    return open_app("adaptive")


@pytest.fixture(scope="module")
def own():
    return go(upload(open_app(QUIET), {"mine.zip": zip_of(TWO)}), "adaptive")


def texts(app) -> str:
    return "\n".join(node.value for node in app.main.markdown)


def test_it_opens_on_the_shares_and_says_which_block_follows_the_class(built_in):
    go(built_in, "adaptive")
    assert figures(built_in) == ALL
    assert re.search(
        r"SE_5_1 follows the class most: [4-6]\d\.\d% of the variance", texts(built_in)
    )
    assert panels(built_in, "class-distances")[0].startswith("SE_5_1")
    assert not built_in.warning


def test_the_built_in_specificity_has_the_intervals_that_ship(built_in):
    go(built_in, "adaptive")
    row = next(row for row in builtin.intervals()["rows"] if row[0] == "SE_5_1")
    assert f"{row[3]:.2f} (95% interval {row[4]:.2f} to {row[5]:.2f})" in texts(built_in)
    assert NULL in legend(built_in, "class-specificity")


def test_shipped_intervals_are_not_worked_out(monkeypatch):
    monkeypatch.setattr(intervals, "omega_intervals", pytest.fail)
    assert NULL in legend(open_app("adaptive"), "class-specificity")


def test_the_map_follows_the_ribbon_and_links_of_its_slider(built_in):
    go(built_in, "adaptive")
    before = figure(built_in, "class-distances")["data"]
    go(built_in, "adaptive", alike="SE_2_1")
    assert figure(built_in, "class-distances")["data"] != before
    assert panels(built_in, "class-distances")[0].startswith("SE_2_1")
    on_the_ribbon(built_in, "SE_3_1")
    assert panels(built_in, "class-distances")[0].startswith("SE_3_1")
    assert built_in.query_params["block"] == "SE_3_1"
    go(built_in, "channel")
    assert panels(built_in, "one-channel")[0].startswith("SE_3_1")


def test_another_pair_of_classes(built_in):
    go(built_in, "adaptive")
    built_in.selectbox(key="class a").set_value("church")
    sound(built_in.run())
    assert "church" not in built_in.selectbox(key="class b").options
    built_in.selectbox(key="class b").set_value("golf ball")
    assert "church and golf ball part first" in texts(sound(built_in.run()))


@pytest.mark.parametrize(
    ("key", "look", "name"),
    [
        ("ends", "Entropy", "entropy-by-depth"),
        ("telling", "Every channel", "all-channels"),
        ("telling", "By depth", "telling-by-depth"),
    ],
)
def test_other_looks(built_in, key, look, name):
    assert name in figures(choose(go(built_in, "adaptive"), key, look))


def test_a_channel_is_opened_without_a_mouse(built_in):
    go(built_in, "adaptive")
    box = built_in.selectbox(key="channel to open")
    assert len(box.options) == 25
    box.select_index(3)
    sound(built_in.run())
    link = built_in.get("page_link")[0].proto
    block, number = box.options[3].split(", channel ")
    assert link.label == f"Open {block}, channel {number}"
    assert f"block={block}&channel={number}" in link.query_string


def test_ones_own_classes_stand_beside_the_built_in_ones_with_a_warning(own):
    go(own, "adaptive")
    assert figures(own) == ALL
    assert any("your 4 pictures" in title for title in panels(own, "variance-shares"))
    assert own.selectbox(key="class a").options == ["a", "bb"]
    assert "your 4 pictures: The smallest class has 2" in own.warning[0].value
    assert len(own.warning) == 2  # of all classes, and of the two that are compared


def test_ones_own_intervals_are_worked_out_once_for_the_same_classes(own, monkeypatch):
    calls, work = [], intervals.omega_intervals

    def counting(reading, **options):
        calls.append(reading.labels)
        return work(reading, **options)

    monkeypatch.setattr(intervals, "omega_intervals", counting)
    forget_results(own)
    go(own, "adaptive")
    go(own, "adaptive")
    assert len(calls) == 1
    assert "your 4 pictures: In " in texts(own)
    mine = own.session_state["collection"]
    for kind in "cdefg":
        mine.rename({0: kind})
        go(own, "adaptive")
    assert len(calls) == 6
    for kind, made in (("d", 6), ("c", 7)):
        mine.rename({0: kind})
        go(own, "adaptive")
        assert len(calls) == made, "The last four are kept, and the one before them is not."


def test_much_work_waits_for_a_button(own, monkeypatch):
    monkeypatch.setattr(intervals, "AT_ONCE", 0)
    forget_results(own)
    go(own, "adaptive")
    assert "your 4 pictures: In " not in texts(own)
    (button,) = (node for node in own.main.button if node.label.startswith("Work out"))
    button.click()
    assert "your 4 pictures: In " in texts(sound(own.run()))


def test_one_class_of_ones_own_is_not_compared():
    one = {name: data for name, data in TWO.items() if name.startswith("a/")}
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(one)}), "adaptive")
    assert figures(app) == ALL[:3]
    assert "only one" in app.warning[0].value
