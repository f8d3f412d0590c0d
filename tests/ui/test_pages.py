"""Every page opens, with and without pictures of one's own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from se_viz.analysis.networks.paper import PANELS
from se_viz.nets.builtin import UNTRAINED
from se_viz.quoted import SOURCE
from se_viz.ui.widgets.figure_card import TOOLBAR
from se_viz.ui.widgets.strip import SHOWN
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    QUIET,
    ROOT,
    components,
    figure,
    figures,
    go,
    open_app,
    sound,
    table_with,
    upload,
)
from tests.ui.saving import manifest, query_of, saving

FIRST_PAGE = """
import sys
from tests.ui.driver import blocks, open_app
from tests.ui.saving import manifest, saving
with saving() as files:
    print(*blocks(open_app()))
assert manifest(files, "gates-by-class") and files["se-viz-report.html"]()
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def with_pictures():
    folders = {f"{name}/{seed}.png": picture(seed) for seed, name in enumerate("aabb")}
    return upload(open_app(QUIET), {"mine.zip": zip_of(folders)})


@pytest.fixture(scope="module")
def without():
    return open_app()


def test_the_first_page_shows_the_papers_figure_before_tensorflow_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown, modules = done.stdout.splitlines()
    assert tuple(shown.split()) == PANELS
    assert "streamlit" in modules.split()
    assert not {"tensorflow", "keras"} & set(modules.split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_without_uploads(without, path):
    go(without, path)
    assert len(without.main.header) == 1
    assert not without.error
    drawn = figures(without) or components(without)
    assert drawn or path in ("pictures", "lessons")


def test_without_uploads_the_page_of_pictures_says_what_to_do(without):
    go(without, "pictures")
    assert without.main.info[0].value.startswith("No pictures yet. Drop some in the sidebar")
    assert not without.main.download_button


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_uploads(with_pictures, path):
    go(with_pictures, path)
    assert len(with_pictures.main.header) == 1
    assert not with_pictures.error


def test_findings_are_asked_of_both_groups_of_pictures_in_one_list(with_pictures, without):
    def answers(app):
        boxes = [node.value for node in app.main.markdown if "(measured: " in node.value]
        return boxes, [node.value for node in app.main.subheader if "Measured on" in node.value]

    alone, title = answers(go(without, "findings"))
    both, titles = answers(go(with_pictures, "findings"))
    assert titles == [f"{title[0]}; your 4 pictures"]
    mine = [line for line in both if "(measured: your 4 pictures)" in line]
    assert len(both) - len(mine) == len(alone)
    assert mine


def test_few_pictures_are_said_to_be_too_few(with_pictures, without):
    assert not go(without, "findings").main.warning
    warnings = [box.value for box in go(with_pictures, "findings").main.warning]
    assert any("The smallest class has 2 pictures." in text for text in warnings)


def test_the_check_can_be_run_again(without):
    go(without, "network")
    assert not without.main.success
    without.main.button(key="check").click()
    assert sound(without.run()).main.success[0].value.startswith("The self-check passed: on ")


def test_the_page_of_costs_quotes_the_paper_with_its_number(without):
    go(without, "cost")
    table = table_with(without, "weights that SE adds")
    assert list(table["weights that SE adds"]) == ["2,514,944", "4,743,168", "6,578,176"]
    assert any(SOURCE in line.value for line in without.main.caption)


def test_every_figure_has_its_numbers_its_manifest_and_its_source(with_pictures):
    for path in PAGES:
        with saving() as files:
            go(with_pictures, path)
        for name in figures(with_pictures):
            made = manifest(files, name)
            assert made["what"] == name
            assert made["pictures"]["count"] == 4
            assert query_of(made["link"])[0] == path
            others = [other["name"] for other in made["beside"]]
            assert others == [UNTRAINED] * (path == "two")
            assert f"{name}.csv" in files
        sources = [line for line in with_pictures.main.caption if "Source: " in line.value]
        parts = components(with_pictures)
        living = [part for part in parts if part.key not in ("ribbon", "scenes here")]
        assert len(sources) == len(figures(with_pictures)) + len(living)


def test_more_pictures_than_a_strip_holds_are_paged():
    folders = {f"a/{seed}.png": picture(seed) for seed in range(SHOWN + 1)}
    app = upload(open_app("pictures"), {"mine.zip": zip_of(folders)})
    assert strip_of(app).count('role="listitem"') == SHOWN
    app.main.pagination(key="strip page").set_value(2)
    assert strip_of(sound(app.run())).count('role="listitem"') == 1
    assert len(app.main.data_editor[0].value) == SHOWN + 1


def strip_of(app) -> str:
    return next(part.body for part in app.main.html if 'class="strip"' in part.body)


def test_every_figure_has_room_for_its_toolbar_above():
    drawn = open_app("network")
    for name in figures(drawn):
        made = drawn.session_state["notes"].figures[name].figure.layout
        margin = made.template.layout.margin.t if made.margin.t is None else made.margin.t
        layout = figure(drawn, name)["layout"]
        assert layout["height"] == made.height + TOOLBAR
        assert layout["margin"]["t"] == margin + TOOLBAR


def test_numbers_of_the_papers_costs_have_two_digits():
    table = table_with(open_app("cost"), "GFLOPs in the paper")
    assert table["GFLOPs in the paper"].tolist() == [
        "3.86 to 3.87",
        "7.58 to 7.60",
        "11.30 to 11.32",
    ]
